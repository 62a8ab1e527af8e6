# Stage 1 builds a virtual environment from the hashed lock file; stage 2 carries it and nothing else.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/spark-bot
COPY requirements.lock ./
RUN /opt/spark-bot/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY spark ./spark
COPY sandbox ./sandbox
RUN /opt/spark-bot/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home spark-bot \
    && install --directory --owner spark-bot /var/lib/spark-bot/data
COPY --from=build /opt/spark-bot /opt/spark-bot
ENV PATH=/opt/spark-bot/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /var/lib/spark-bot
USER spark-bot
VOLUME /var/lib/spark-bot/data
STOPSIGNAL SIGTERM
# what asks needs no secret, and is to hold none where another process of its user could read it
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["env", "-u", "DISCORD_TOKEN", "-u", "SPARK_API_KEY", "-u", "DATABASE_URL", "python", "-m", "bot.web.healthy"]
ENTRYPOINT ["spark-bot"]
CMD ["run"]
