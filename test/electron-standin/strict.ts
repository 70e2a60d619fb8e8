/**
 * Objects that refuse to be asked for what they lack. Electron has far more than the stand-in; a silent
 * `undefined` would make a spec pass that fails in Electron, so an unknown member throws and names itself.
 */
import { EventEmitter } from 'node:events';

/** Names that the language, Node and inspectors look up on any object. */
const LOOKED_UP_BY_OTHERS: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'nodeType',
  'asymmetricMatch',
  'inspect',
  'domain',
  'prototype',
]);

/** The error of a member that is not there. */
export function missing(owner: string, member: string): Error {
  return new Error(
    `The Electron stand-in has no ${owner}.${member}. Add it to test/electron-standin, or use what is there.`,
  );
}

/** `target`, with every lookup of a member it lacks throwing. */
function refusing<T extends object>(target: T, ownerOf: (receiver: unknown) => string): T {
  return new Proxy(target, {
    get(object, member, receiver) {
      if (typeof member === 'string' && !(member in object) && !LOOKED_UP_BY_OTHERS.has(member)) {
        throw missing(ownerOf(receiver), member);
      }
      return Reflect.get(object, member, receiver);
    },
  });
}

function classNameOf(receiver: unknown): string {
  return (receiver as object).constructor.name;
}

/** Base of objects without events. The refusal stands at the end of the prototype chain, behind all members. */
export class Strict {}
Object.setPrototypeOf(Strict.prototype, refusing(Object.prototype, classNameOf));

/** The members that `StrictEmitter` gives to every class: each returns its own class, not the whole of Electron's. */
export type EmitterKeys = 'off' | 'on' | 'once' | 'removeListener';

/** Any listener whatever its parameters are. */
export type Listener = (...args: never[]) => unknown;

/** Base of objects with events: also refuses a listener for an event that the stand-in never emits. */
export abstract class StrictEmitter extends EventEmitter {
  /** The events that can come. */
  protected abstract readonly events: readonly string[];

  override on(event: string, listener: Listener): this {
    return super.on(this.known(event), listener as (...args: unknown[]) => void);
  }
  override once(event: string, listener: Listener): this {
    return super.once(this.known(event), listener as (...args: unknown[]) => void);
  }
  override addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }
  override off(event: string, listener: Listener): this {
    return super.off(event, listener as (...args: unknown[]) => void);
  }
  override removeListener(event: string, listener: Listener): this {
    return super.removeListener(event, listener as (...args: unknown[]) => void);
  }

  private known(event: string): string {
    if (!this.events.includes(event)) throw missing(this.constructor.name, `on('${event}')`);
    return event;
  }
}
Object.setPrototypeOf(StrictEmitter.prototype, refusing(EventEmitter.prototype, classNameOf));

/** The module or namespace object `members`, which refuses what it lacks and may be patched by a spec. */
export function strictModule<T extends object>(name: string, members: T): T {
  return refusing(members, () => name);
}

/** Makes the statics of a class refuse, too. */
export function strictStatics(theClass: new (...args: never[]) => object): void {
  Object.setPrototypeOf(
    theClass,
    refusing(Object.getPrototypeOf(theClass) as object, () => theClass.name),
  );
}

/** Throws where `options` hold a key that the stand-in does not know. */
export function refuseUnknownOptions(owner: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) if (!known.includes(key)) throw missing(owner, `option ${key}`);
}

/** What an Electron event carries: a way to prevent what comes next. */
export interface PreventableEvent {
  preventDefault(): void;
  readonly defaultPrevented: boolean;
}

/** Makes an event object as Electron hands it to listeners. */
export function preventable<T extends object>(fields: T): T & PreventableEvent {
  let prevented = false;
  const event = {
    preventDefault() {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
  return Object.assign(event, fields);
}
