import Form from 'next/form';
import { type AskedSearch, writePlace } from './search-query';
import { SubmitButton } from './submit-button';

interface SearchFormProps {
  asked: AskedSearch;
  /** Folders and, where one is searched, the feed. */
  places: { value: string; label: string }[];
}

const FIELD =
  'min-h-11 w-full min-w-0 rounded-lg border border-line-strong bg-raised px-3 text-base md:text-[0.9375rem]';

/** What is looked for, where, and in which order: a form that writes the page's address. */
export function SearchForm({ asked, places }: SearchFormProps) {
  return (
    <Form action="/search" role="search" className="grid gap-2.5 border-b border-line p-4">
      <div className="flex gap-2">
        <input
          key={asked.text}
          type="search"
          name="q"
          aria-label="Words"
          placeholder="Words"
          defaultValue={asked.text}
          maxLength={500}
          dir="auto"
          autoCapitalize="off"
          enterKeyHint="search"
          // biome-ignore lint/a11y/noAutofocus: only on the page that one opens in order to type here
          autoFocus={asked.text === ''}
          className={`${FIELD} placeholder:text-muted`}
        />
        <SubmitButton look="strong" busy="Searching…">
          Search
        </SubmitButton>
      </div>
      <div className="flex gap-2">
        <select
          key={writePlace(asked.place)}
          name="in"
          aria-label="In"
          defaultValue={writePlace(asked.place)}
          className={FIELD}
        >
          <option value="all">Everything</option>
          <option value="starred">Starred</option>
          {places.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <select
          key={asked.order}
          name="order"
          aria-label="Order"
          defaultValue={asked.order}
          className={FIELD}
        >
          <option value="date">Newest first</option>
          <option value="relevance">Best match first</option>
        </select>
      </div>
    </Form>
  );
}
