import Form from 'next/form';
import { type AskedSearch, writePlace } from './search-query';
import { SubmitButton } from './submit-button';

interface SearchFormProps {
  asked: AskedSearch;
  /** Folders and, where one is searched, the feed. */
  places: { value: string; label: string }[];
}

const FIELD =
  'min-h-11 rounded-lg border border-line-strong bg-raised px-3 text-base sm:text-[0.9375rem] placeholder:text-muted';

/** What is looked for, where, and in which order: a form that writes the page's address. */
export function SearchForm({ asked, places }: SearchFormProps) {
  return (
    <Form action="/search" role="search" className="mt-5 flex flex-wrap items-end gap-3">
      <label className="grid min-w-0 grow basis-full gap-1.5 text-sm font-medium sm:basis-40">
        Words
        <input
          key={asked.text}
          type="search"
          name="q"
          defaultValue={asked.text}
          maxLength={500}
          dir="auto"
          autoCapitalize="off"
          // biome-ignore lint/a11y/noAutofocus: only on the page that one opens in order to type here
          autoFocus={asked.text === ''}
          className={`${FIELD} w-full min-w-0`}
        />
      </label>
      <label className="grid min-w-0 gap-1.5 text-sm font-medium max-sm:grow">
        In
        <select
          key={writePlace(asked.place)}
          name="in"
          defaultValue={writePlace(asked.place)}
          className={`${FIELD} max-w-56`}
        >
          <option value="all">Everything</option>
          <option value="starred">Starred</option>
          {places.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1.5 text-sm font-medium max-sm:grow">
        Order
        <select key={asked.order} name="order" defaultValue={asked.order} className={FIELD}>
          <option value="date">Newest first</option>
          <option value="relevance">Best match first</option>
        </select>
      </label>
      <SubmitButton look="strong" busy="Searching…">
        Search
      </SubmitButton>
    </Form>
  );
}
