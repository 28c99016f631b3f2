# Builds from the lockfile. The index, the bot's own database and nothing else live in /data.
FROM node:22-bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
# public-inbox archives are git repositories.
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates tini && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/index/model ./index/model
COPY --from=build /app/index/rerank/model.json ./index/rerank/model.json
COPY --from=build /app/test/samples ./test/samples
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production THREADLORE_DATA=/data
VOLUME /data
# tini passes SIGTERM on, so that what runs is finished before the container stops.
ENTRYPOINT ["tini", "--", "node", "dist/cli/main.js"]
CMD ["bot"]
