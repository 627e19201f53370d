package io.pbts.support;

import io.pbts.support.trace.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.core.JacksonException;

/**
 * The one place where a failure becomes HTTP. Under {@code /api}, {@code /admin} and {@code /internal}: an RFC 9457 problem with a stable
 * {@code code}. On the originals' routes: {@code {"success":false,"error":...}} with the same status, and on those that only the
 * AI-agent variant has {@code {"error":...}} with the code.
 */
@RestControllerAdvice
class ErrorTranslation {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorTranslation.class);
    private static final int RETRY_SECONDS = 2;
    private static final List<String> PROBLEMS = List.of("/api/", "/internal/", "/admin/");
    private static final Pattern VARIANT =
            Pattern.compile("/(?:announce|bind-peer|resolve-peer|reputation/.*|users|torrents|agent-tools|migrate)");

    @ExceptionHandler
    ResponseEntity<Object> refused(Refusal refusal, HttpServletRequest request) {
        var headers = new HttpHeaders();
        refusal.retryAfter().ifPresent(wait -> headers.add(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(wait))));
        return answer(request, refusal.status(), refusal.code(), refusal.sentence(), headers, refusal.members());
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(FactUnavailable missing, HttpServletRequest request) {
        LOG.warn("event=fact_unavailable owner=\"{}\" cause=\"{}\"", missing.owner(), rootCause(missing));
        return unavailable(request, missing.owner());
    }

    /** A lost connection surfaces in its rollback, too: the end of the transaction is unknown, and a repeat finds out. */
    @ExceptionHandler({
        DataAccessException.class,
        CannotCreateTransactionException.class,
        TransactionSystemException.class
    })
    ResponseEntity<Object> database(RuntimeException failed, HttpServletRequest request) {
        if (failed instanceof DataAccessException && !DatabaseFailure.isTransient(failed)) {
            LOG.error("event=database_refused route=\"{}\"", request.getRequestURI(), failed);
            return answer(request, 500, "internal", "Internal error", new HttpHeaders());
        }
        LOG.warn("event=database_unavailable cause=\"{}\"", rootCause(failed));
        return unavailable(request, "the database");
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException broken, HttpServletRequest request) {
        if (broken.getMostSpecificCause() instanceof BodyTooLarge tooLarge) {
            return tooLarge(tooLarge, request);
        }
        String detail = broken.getCause() instanceof JacksonException json
                ? "Invalid JSON: " + firstLine(json.getOriginalMessage())
                : "The body cannot be read: send a JSON object";
        return answer(request, 400, "invalid-body", detail, new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Object> mistyped(TypeMismatchException mistyped, HttpServletRequest request) {
        String detail = "Invalid value for %s".formatted(mistyped.getPropertyName());
        return answer(request, 400, "invalid-parameter", detail, new HttpHeaders());
    }

    /** A query, or a form, that is no percent-encoded UTF-8: Tomcat throws at the first look at any parameter. */
    @ExceptionHandler
    ResponseEntity<Object> undecodable(InvalidParameterException undecodable, HttpServletRequest request) {
        return answer(
                request, 400, "invalid-parameter", "The parameters are not percent-encoded UTF-8", new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(BodyTooLarge tooLarge, HttpServletRequest request) {
        var headers = new HttpHeaders();
        headers.add(HttpHeaders.CONNECTION, "close");
        return answer(request, 413, "body-too-large", String.valueOf(tooLarge.getMessage()), headers);
    }

    /** Left to the server, which closes the connection of an answer that has begun. */
    @ExceptionHandler
    void brokenOff(BrokenOff failed) {
        throw failed;
    }

    @ExceptionHandler
    ResponseEntity<Object> other(Exception failed, HttpServletRequest request) {
        if (failed instanceof ErrorResponse known) {
            int status = known.getStatusCode().value();
            HttpStatus named = HttpStatus.resolve(status);
            String sentence = named == null ? "Refused" : named.getReasonPhrase();
            var headers = new HttpHeaders();
            headers.putAll(known.getHeaders());
            return answer(request, status, "http-" + status, sentence, headers);
        }
        LOG.error("event=unexpected route=\"{}\"", request.getRequestURI(), failed);
        return answer(request, 500, "internal", "Internal error", new HttpHeaders());
    }

    private static ResponseEntity<Object> unavailable(HttpServletRequest request, String owner) {
        var headers = new HttpHeaders();
        headers.add(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_SECONDS));
        String sentence =
                "%s cannot be reached; nothing was counted, try again in %d s".formatted(owner, RETRY_SECONDS);
        return answer(request, 503, "unavailable", sentence, headers);
    }

    private static ResponseEntity<Object> answer(
            HttpServletRequest request, int status, String code, String sentence, HttpHeaders headers) {
        return answer(request, status, code, sentence, headers, Map.of());
    }

    private static ResponseEntity<Object> answer(
            HttpServletRequest request,
            int status,
            String code,
            String sentence,
            HttpHeaders headers,
            Map<String, String> members) {
        String path = request.getRequestURI();
        boolean problem = PROBLEMS.stream().anyMatch(path::startsWith);
        Map<String, Object> body = new LinkedHashMap<>();
        if (problem) {
            HttpStatus named = HttpStatus.resolve(status);
            body.put("type", "urn:pbts:problem:" + code);
            body.put("title", named == null ? "Refused" : named.getReasonPhrase());
            body.put("status", status);
            body.put("detail", sentence);
            body.put("code", code);
            TraceId.current().ifPresent(id -> body.put(TraceId.MEMBER, id));
            body.putAll(members);
        } else if (VARIANT.matcher(path).matches()) {
            body.put("error", sentence);
            body.put("code", code);
        } else {
            body.put("success", false);
            body.put("error", sentence);
        }
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(problem ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON)
                .body(body);
    }

    private static long seconds(java.time.Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("unreadable");
    }

    private static String rootCause(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + firstLine(String.valueOf(root.getMessage()));
    }

    /** Which database failures pass by themselves. Apart, because the class is absent where a service has no database. */
    private static final class DatabaseFailure {
        private DatabaseFailure() {}

        static boolean isTransient(RuntimeException failed) {
            return failed instanceof TransientDataAccessException
                    || failed instanceof org.springframework.dao.NonTransientDataAccessResourceException
                    || failed instanceof org.springframework.dao.RecoverableDataAccessException
                    || isOfTheConnection(failed);
        }

        /** What the server refuses has an SQLSTATE; what only the connection has to say is of class 08, or has none. */
        private static boolean isOfTheConnection(Throwable failed) {
            for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException said) {
                    String state = said.getSQLState();
                    return state == null || state.startsWith("08");
                }
            }
            return false;
        }
    }
}
