package io.pbts.gateway.page;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Serves files from the jar. */
public final class Pages {
    private static final Duration KEEP_FOR = Duration.ofHours(1);
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private Pages() {}

    /** An HTML page and what it may load. */
    public static RouterFunction<ServerResponse> page(String path, String resource, String policy) {
        SharedBytes page = SharedFolder.read(new ClassPathResource(resource));
        return RouterFunctions.route()
                .GET(
                        path,
                        request -> page.answer(ServerResponse.ok()
                                .contentType(MediaType.TEXT_HTML)
                                .header("Content-Security-Policy", policy)
                                .header(HttpHeaders.CACHE_CONTROL, "no-cache")))
                .build();
    }

    /**
     * The files directly in folders, whose paths end in a slash; of two of one name the first folder's.
     *
     * @param pattern of the path, with a variable {@code file}
     */
    public static RouterFunction<ServerResponse> files(String pattern, ClassPathResource... folders) {
        PathPattern path = PathPatternParser.defaultInstance.parse(pattern);
        List<SharedFolder> all = Arrays.stream(folders).map(SharedFolder::new).toList();
        return request -> Mono.justOrEmpty(name(path, request).flatMap(name -> all.stream()
                .flatMap(folder -> folder.find(name).stream())
                .findFirst()
                .map(file -> asked -> file(name, file))));
    }

    private static Optional<String> name(PathPattern path, ServerRequest request) {
        return READS.contains(request.method())
                ? Optional.ofNullable(path.matchAndExtract(request.requestPath().pathWithinApplication()))
                        .map(found ->
                                Objects.requireNonNull(found.getUriVariables().get("file")))
                : Optional.empty();
    }

    static Mono<ServerResponse> file(String name, SharedBytes file) {
        return file.answer(ServerResponse.ok()
                .contentType(MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM))
                .cacheControl(CacheControl.maxAge(KEEP_FOR).cachePublic()));
    }
}
