/** Names below a forge's root that are no user. */
const GITHUB_PAGES =
  /^(?:about|apps|collections|contact|customer-stories|enterprise|explore|features|issues|join|login|marketplace|new|notifications|orgs|pricing|pulls|search|security|settings|site|sponsors|topics|trending)$/;
const GITLAB_PAGES =
  /^(?:-|about|admin|dashboard|explore|groups|help|projects|public|search|snippets|users)$/;

/** Feeds of code forges and of Mastodon's kind, which run on hosts of any name. */
export function findForgeFeed(url: URL, path: string[]): string | null {
  const host = url.hostname;
  if (host === 'github.com' || host === 'www.github.com') return findGithubFeed(path);
  if (host === 'gist.github.com') return path.length === 1 ? `https://gist.github.com/${path[0]}.atom` : null;
  if (/^gitlab\.|\.gitlab\./.test(host)) return findGitlabFeed(url, path);
  if (/^(?:codeberg\.org|gitea\.com)$|^(?:forgejo|gitea)\./.test(host)) return findGiteaFeed(url, path);
  return findFediverseFeed(url, path);
}

function findGithubFeed(path: string[]): string | null {
  const [owner, repository, page, branch] = path;
  if (!owner || GITHUB_PAGES.test(owner) || /\.atom$/.test(path.at(-1) ?? '')) return null;
  if (!repository) return `https://github.com/${owner}.atom`;
  const base = `https://github.com/${owner}/${repository.replace(/\.git$/, '')}`;
  if (page === 'tags') return `${base}/tags.atom`;
  if (page === 'commits' || page === 'tree')
    return branch ? `${base}/commits/${path.slice(3).join('/')}.atom` : `${base}/commits.atom`;
  if (page === 'discussions') return `${base}/discussions.atom`;
  // What people follow a repository for; those without releases offer their tags in the same feed.
  return page === undefined || page === 'releases' ? `${base}/releases.atom` : null;
}

function findGitlabFeed(url: URL, path: string[]): string | null {
  const dash = path.indexOf('-');
  if (
    !path[0] ||
    GITLAB_PAGES.test(path[0]) ||
    url.search.includes('format=atom') ||
    url.pathname.endsWith('.atom')
  )
    return null;
  if (path.length === 1) return `${url.origin}/${path[0]}.atom`;
  const project = `${url.origin}/${path.slice(0, dash < 0 ? path.length : dash).join('/')}`;
  if (dash < 0) return `${project}.atom`;
  const page = path[dash + 1];
  if (page === 'releases' || page === 'tags') return `${project}/-/${page}?format=atom`;
  const branch = path.slice(dash + 2).join('/');
  return (page === 'commits' || page === 'tree') && branch
    ? `${project}/-/commits/${branch}?format=atom`
    : null;
}

function findGiteaFeed(url: URL, path: string[]): string | null {
  const [owner, repository, page] = path;
  if (!owner || /^(?:explore|user|api|assets|-)$/.test(owner) || /\.(?:rss|atom)$/.test(path.at(-1) ?? ''))
    return null;
  if (!repository) return `${url.origin}/${owner}.atom`;
  if (page === 'releases' || page === 'tags') return `${url.origin}/${owner}/${repository}/${page}.atom`;
  return page === undefined ? `${url.origin}/${owner}/${repository}.atom` : null;
}

/** `/@name` is a profile on Mastodon and its kin; `/@name@elsewhere` is a copy of one, which has no feed. */
function findFediverseFeed(url: URL, path: string[]): string | null {
  const [name, ...rest] = path;
  if (!name || !/^@\w[\w.-]*$/.test(name) || url.pathname.endsWith('.rss')) return null;
  // Elsewhere than in the fediverse (TikTok, Threads, Flipboard) such paths have no feed.
  if (/(?:^|\.)(?:tiktok|threads|flipboard|instagram|x|twitter)\.(?:com|net)$/.test(url.hostname))
    return null;
  if (rest.length === 0 || rest[0] === 'with_replies' || rest[0] === 'media')
    return `${url.origin}/${name}.rss`;
  return null;
}
