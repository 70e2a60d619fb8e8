import { expect, it } from 'vitest';
import {
  preventable,
  refuseUnknownOptions,
  Strict,
  StrictEmitter,
  strictModule,
  strictStatics,
} from '../../electron-standin/strict.ts';

class Lamp extends StrictEmitter {
  protected readonly events = ['lit'];
  static count = 1;
  light(): void {
    this.emit('lit');
  }
}
strictStatics(Lamp);
class Switch extends Strict {
  isOn = false;
}

it('a member that is not there throws and names itself, in objects, modules and statics', () => {
  const reach = (owner: object, member: string) => () => Reflect.get(owner, member);
  expect(reach(new Lamp(), 'dim')).toThrow(/no Lamp\.dim/u);
  expect(reach(new Switch(), 'flip')).toThrow(/no Switch\.flip/u);
  expect(reach(strictModule('shell', { beep: () => 1 }), 'openItem')).toThrow(/no shell\.openItem/u);
  expect(reach(Lamp, 'create')).toThrow(/no Lamp\.create/u);
});

it('what is there works, and can be replaced by a spec', () => {
  const module = strictModule('dialog', { ask: (): string => 'nobody' });
  module.ask = () => 'the spec';
  expect(module.ask()).toBe('the spec');
  expect([new Switch().isOn, Lamp.count, String(new Lamp())]).toEqual([false, 1, '[object Object]']);
});

it('an object can be awaited and printed', async () => {
  const lamp = new Lamp();
  expect(await lamp).toBe(lamp);
  expect(JSON.stringify(new Switch())).toBe('{"isOn":false}');
});

it('a listener for an event that never comes is refused', () => {
  const heard: string[] = [];
  const lamp = new Lamp();
  lamp.on('lit', () => heard.push('lit'));
  lamp.light();
  expect(heard).toEqual(['lit']);
  expect(() => lamp.once('broken', () => heard.push('broken'))).toThrow(/no Lamp\.on\('broken'\)/u);
});

it('an option that means nothing here is refused', () => {
  expect(() => refuseUnknownOptions('BrowserWindow', { width: 1, kiosk: true }, ['width'])).toThrow(
    /option kiosk/u,
  );
});

it('an event remembers that it was prevented', () => {
  const event = preventable({ url: 'app://x/' });
  expect(event.defaultPrevented).toBe(false);
  event.preventDefault();
  expect([event.defaultPrevented, event.url]).toEqual([true, 'app://x/']);
});
