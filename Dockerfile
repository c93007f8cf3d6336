# One small image per service:
#   docker build --build-arg APP=raft-replica --tag synod/raft-replica .
#   docker build --build-arg APP=cli --target program --tag synod/cli .
# For a release: --build-arg VERSION=0.1.0 --build-arg REVISION=$(git rev-parse HEAD)
# The stages up to `build` do not know APP, so that each further image only copies another bundle.
ARG NODE_IMAGE=node:24-bookworm-slim

# The package files alone: while they stay the same, so does the layer with the installed packages.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /synod
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json -delete && find . -type d -empty -delete

FROM ${NODE_IMAGE} AS build
WORKDIR /synod
COPY --from=manifests /synod .
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node -e "import('./tools/launcher/bundle.mjs').then(({ bundle }) => bundle())"

# A program that ends, such as the command line.
FROM ${NODE_IMAGE} AS program
ENV NODE_ENV=production
# A new named volume takes its owner from the image's directory; VOLUMES are more of them, separated by spaces.
ARG VOLUMES=
RUN mkdir -p /data /identities /keys /secrets /backups ${VOLUMES} && chown -R node:node /data /identities /keys /secrets /backups
ARG APP
ARG VERSION=unreleased
ARG REVISION=unknown
ARG NODE_IMAGE
LABEL org.opencontainers.image.title="synod-${APP}" \
  org.opencontainers.image.description="Consensus as observable microservices on NATS: ${APP}" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.base.name="${NODE_IMAGE}"
WORKDIR /app
# The manifest says that the bundle is an ES module.
COPY --from=build /synod/apps/${APP}/package.json ./
COPY --from=build /synod/apps/${APP}/dist/ ./
USER node
ENTRYPOINT ["node", "--enable-source-maps", "/app/main.js"]

# A program that stays. Healthy is what can be given traffic; what restarts containers by health should ask /livez, which a
# replica without a leader still answers.
FROM program AS service
ENV SYNOD_HTTP_HOST=0.0.0.0 SYNOD_HTTP_PORT=7400 SYNOD_DATA=/data
EXPOSE 7400
HEALTHCHECK --interval=5s --timeout=10s --start-period=30s --retries=3 \
  CMD ["node", "-e", "const { SYNOD_HTTP_PORT: port, SYNOD_HTTP_CERT_FILE: tls } = process.env; require(tls ? 'https' : 'http').get({ host: '127.0.0.1', port, path: '/readyz', rejectUnauthorized: false }, (answer) => { answer.pipe(process.stdout); answer.on('end', () => process.exit(answer.statusCode === 200 ? 0 : 1)); })"]
