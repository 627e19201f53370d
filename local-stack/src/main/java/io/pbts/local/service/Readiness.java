package io.pbts.local.service;

import io.pbts.local.directory.StackFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Asks a service over HTTP, as its neighbours will. */
public final class Readiness {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final HttpClient http;

    public Readiness(HttpClient http) {
        this.http = http;
    }

    /** Whether the service says that it takes requests. The gateway shows no actuator to the world; its own health asks the others. */
    public boolean of(Service service, String url) {
        return get(url + (service == Service.GATEWAY ? "/health" : "/actuator/health/readiness"))
                .isPresent();
    }

    /** The settlement contract, once contract-service knows one; asked at the public door, which needs no token. */
    public Optional<String> settlementAddress(String gatewayUrl) {
        return get(gatewayUrl + "/contract/status").flatMap(Readiness::settlementAddressIn);
    }

    private static Optional<String> settlementAddressIn(String body) {
        try {
            String address =
                    StackFile.JSON.readTree(body).path("settlement_address").asString("");
            return address.isEmpty() ? Optional.empty() : Optional.of(address);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private Optional<String> get(String url) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
