# One image for all three processes: `node dist/release.js`, `node dist/web.js` and `node dist/worker.cjs`.
ARG NODE_VERSION=22

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

# Not Alpine: looking up names is half of what a feed reader does, and its C library does that differently.
FROM node:${NODE_VERSION}-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app/.next/standalone ./.next/standalone
COPY --from=build /app/dist ./dist
COPY --from=build /app/prisma ./prisma
# Native, so that no bundle can hold it: what decodes icons.
COPY --from=build /app/node_modules/sharp ./node_modules/sharp
COPY --from=build /app/node_modules/@img ./node_modules/@img
COPY --from=build /app/node_modules/detect-libc ./node_modules/detect-libc
COPY --from=build /app/node_modules/semver ./node_modules/semver
USER node
EXPOSE 3000
CMD ["node", "dist/web.js"]
