import { STARTERS } from './starter-list';
import { SubmitButton } from './submit-button';

/** A few good feeds by topic, for whoever has none yet. */
export function StarterFeeds({ follow }: { follow: (form: FormData) => Promise<void> }) {
  return (
    <section aria-labelledby="starters" className="mt-14">
      <h2 id="starters" className="font-serif text-2xl font-semibold tracking-tight">
        Or begin with some of these
      </h2>
      <form action={follow} className="mt-6">
        <div className="grid gap-x-8 gap-y-7 sm:grid-cols-2">
          {STARTERS.map(({ topic, feeds }) => (
            <fieldset key={topic}>
              <legend className="mb-1 text-sm font-semibold text-muted">{topic}</legend>
              {feeds.map(({ title, about, address }) => (
                <label
                  key={address}
                  className="-mx-2.5 flex min-h-11 items-center gap-3 rounded-lg px-2.5 py-1 hover:bg-accent-wash"
                >
                  <input type="checkbox" name="address" value={address} className="size-5 shrink-0" />
                  <span>
                    <span className="font-medium">{title}</span>{' '}
                    <span className="text-sm text-muted">{about}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          ))}
        </div>
        <div className="mt-7">
          <SubmitButton look="plain" busy="One moment…">
            Follow what is chosen
          </SubmitButton>
        </div>
      </form>
    </section>
  );
}
