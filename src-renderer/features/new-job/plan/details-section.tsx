import { TextArea, TextField } from '../../../components/text-field/text-field.tsx';
import { tagsOf } from '../draft/about.ts';
import { detailsSummary } from '../draft/summaries.ts';
import { useDraftForm } from '../draft-context.tsx';
import { Section } from '../section.tsx';
import { useOwnText } from '../use-own-text.ts';

const PATHS = ['/callback_url', '/metadata/jobdeck/tags', '/metadata/jobdeck/notes'];

/** What helps to find it again, and where its result goes. */
export function DetailsSection() {
  const { form, onChange, errorAt } = useDraftForm();
  const [tags, setTags] = useOwnText(
    form.tags.join(', '),
    String,
    (text, value) => tagsOf(text).join(', ') === value,
  );
  return (
    <Section title="Tags, notes and callback" summary={detailsSummary(form)} paths={PATHS}>
      <TextField
        label="Tags"
        placeholder="photos, nightly"
        value={tags}
        error={errorAt('/metadata/jobdeck/tags')}
        onChange={(text) => {
          setTags(text);
          onChange({ tags: tagsOf(text) });
        }}
      />
      <TextArea
        label="Notes"
        rows={2}
        spellCheck
        value={form.notes}
        onChange={(notes) => onChange({ notes })}
      />
      <TextField
        label="Callback URL"
        mono
        placeholder="None"
        hint="Gets one POST with the job’s id, status and metadata when it has ended."
        value={form.callbackUrl}
        error={errorAt('/callback_url')}
        onChange={(callbackUrl) => onChange({ callbackUrl })}
      />
    </Section>
  );
}
