# syntax=docker/dockerfile:1.7
# Every image of the suite. A service:        docker build --build-arg SERVICE=receipt-service --target service .
# The development chain:                      docker build --target chain .
# Secrets of an installation:                 docker build --target secrets .
# Everything in one container, for a look:    docker build --target quick-look -t pbts . && docker run --init -p 8000:8000 pbts
# Bases are exact versions; an installation that wants digests gives them as build arguments.
ARG JDK=eclipse-temurin:25.0.3_9-jdk-noble
ARG JRE=eclipse-temurin:25.0.3_9-jre-noble
ARG NODE=node:22.21.1-bookworm-slim
ARG POSTGRES=postgres:18.6-bookworm

# ---- the build ------------------------------------------------------------------------------------------------------

FROM ${JDK} AS jars
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/maven \
    MAVEN_USER_HOME=/maven ./mvnw -q -B -ntp package -Dmaven.repo.local=/maven/repository -DskipTests -Dspotless.check.skip=true -am \
    -pl reputation-service,announce-service,receipt-service,contract-service,gateway-service,local-stack

# A service in layers, the one that changes most often last. --layers keeps the libraries of a release apart from the code.
FROM jars AS layers
ARG SERVICE=gateway-service
RUN cp /src/${SERVICE}/target/${SERVICE}-*.jar /service.jar \
    && java -Djarmode=tools -jar /service.jar extract --layers --destination /layers

FROM ${JRE} AS jre

# ---- the start-up cache ---------------------------------------------------------------------------------------------

# The service starts once, against a throw-away database of its own, and is stopped as soon as its beans exist. The same
# JVM and the same files at the same place as in the image below, or the JVM would not take the cache.
FROM ${POSTGRES} AS training
ARG SERVICE=gateway-service
COPY --from=jre /opt/java/openjdk /opt/java/openjdk
COPY --from=layers /layers/dependencies/ /opt/pbts/
COPY --from=layers /layers/snapshot-dependencies/ /opt/pbts/
COPY --from=layers /layers/application/ /opt/pbts/
COPY --from=jars /src/local-stack/target/local-stack-*.jar /opt/local-stack/local-stack.jar
COPY --from=jars /src/local-stack/target/lib/ /opt/local-stack/lib/
COPY deployment/train.sh /opt/deployment/
COPY db/bootstrap.sql /opt/deployment/
RUN mkdir /cache && chown postgres /cache
USER postgres
ENV PATH=/opt/java/openjdk/bin:/usr/lib/postgresql/18/bin:$PATH
RUN mkdir /tmp/secrets \
    && java -jar /opt/local-stack/local-stack.jar secrets --dev-chain /tmp/secrets \
    && sh /opt/deployment/train.sh ${SERVICE} /opt/pbts /cache/startup.aot /tmp/secrets /opt/deployment/bootstrap.sql

# ---- a service ------------------------------------------------------------------------------------------------------

# No HEALTHCHECK: whoever runs it asks the management port, Kubernetes by probes and Compose by /opt/pbts/ready.sh.
FROM jre AS service
ARG SERVICE=gateway-service
LABEL org.opencontainers.image.title="${SERVICE}" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.description="PBTS, a private BitTorrent tracker whose reputation outlives it"
WORKDIR /opt/pbts
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
COPY --from=training /cache/startup.aot ./
COPY deployment/ready.sh ./
USER 10001:10001
ENV MALLOC_ARENA_MAX=2
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED", \
    "-XX:AOTCache=/opt/pbts/startup.aot", "-XX:MaxRAMPercentage=55", "-Xss512k", "-XX:ReservedCodeCacheSize=64m", \
    "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-jar", "/opt/pbts/service.jar"]

# ---- an installation's secrets --------------------------------------------------------------------------------------

# docker run --rm -v "$PWD/secrets:/secrets" pbts/secrets makes what is missing and changes nothing that is there.
FROM jre AS secrets
WORKDIR /opt/local-stack
COPY --from=jars /src/local-stack/target/local-stack-*.jar ./local-stack.jar
COPY --from=jars /src/local-stack/target/lib/ ./lib/
COPY deployment/hand-over.sh ./
USER 10001:10001
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-jar", "/opt/local-stack/local-stack.jar", "secrets"]
CMD ["/secrets"]

# ---- the development chain ------------------------------------------------------------------------------------------

FROM ${NODE} AS chain-tools
WORKDIR /contracts
COPY contracts/package.json contracts/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM chain-tools AS chain
RUN ln -s /contracts/node_modules/@foundry-rs/anvil-linux-*/bin/anvil /usr/local/bin/anvil
USER 10001:10001
ENV HOME=/tmp
ENTRYPOINT ["/usr/local/bin/anvil", "--host", "0.0.0.0", "--port", "8545", "--chain-id", "31337", "--block-time", "1", \
    "--slots-in-an-epoch", "1", "--enable-tx-gas-limit", "--no-request-size-limit", "--silent"]

# ---- everything in one container, for a look ------------------------------------------------------------------------

# The built tree as ./pbts knows it. Profile production: in profile local nothing listens beyond the container's loopback.
FROM ${JDK} AS quick-look
COPY --from=chain-tools /usr/local/bin/node /usr/local/bin/
COPY --from=chain-tools /usr/local/lib/node_modules/ /usr/local/lib/node_modules/
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
COPY --from=jars /src/ /pbts/
COPY --from=chain-tools /contracts/node_modules/ /pbts/contracts/node_modules/
# A user with a name: initdb asks for it.
RUN useradd --uid 10001 --user-group --no-create-home pbts && mkdir /pbts/.pbts && chown pbts:pbts /pbts/.pbts
USER 10001:10001
WORKDIR /pbts
ENV HOME=/tmp PBTS_NO_BUILD=1 PBTS_JAVA_HOME=/opt/java/openjdk
VOLUME /pbts/.pbts
EXPOSE 8000 6969/tcp 6969/udp
ENTRYPOINT ["./pbts", "up", "--profile", "production"]
