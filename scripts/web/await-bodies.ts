import type { IncomingMessage, RequestListener } from 'node:http';

/**
 * Waits until a short body is all here. Node holds so much before anybody reads it.
 *
 * @returns false where there is too much to hold, or nobody says how much.
 */
function awaitBody(request: IncomingMessage, then: () => void): boolean {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (!(length < request.readableHighWaterMark)) return false;
  const look = () => {
    if (!request.complete) return;
    request.off('readable', look);
    then();
  };
  // Listening makes the body come.
  if (request.complete || length === 0) then();
  else request.on('readable', look);
  return true;
}

/**
 * Tells short requests from long ones: whoever sends slowly must not keep a turn from the others meanwhile.
 *
 * @param short gets requests whose body is here, or that have none.
 * @param long gets those whose body comes while they are worked on.
 */
export function awaitBodies(short: RequestListener, long: RequestListener): RequestListener {
  return (request, response) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads) short(request, response);
    else if (!awaitBody(request, () => short(request, response))) long(request, response);
  };
}
