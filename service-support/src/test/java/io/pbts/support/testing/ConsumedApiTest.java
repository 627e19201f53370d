package io.pbts.support.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.support.Feed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import tools.jackson.databind.json.JsonMapper;

/** A library that lends books, in the words of springdoc, and readers who know it well or badly. */
class ConsumedApiTest {
    private static final ApiDocument LIBRARY = new ApiDocument("library-service", new JsonMapper().readTree("""
            {"paths": {
              "/internal/v1/books": {"get": {
                "parameters": [
                  {"name": "after", "in": "query", "required": true, "schema": {"type": "string"}},
                  {"name": "limit", "in": "query", "schema": {"type": "integer", "format": "int32"}}],
                "responses": {"200": {"content": {"application/json": {"schema": {
                  "$ref": "#/components/schemas/FeedBook"}}}}}}},
              "/internal/v1/books/{book_id}": {"get": {
                "parameters": [{"name": "book_id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"200": {"content": {"application/json": {"schema": {
                  "$ref": "#/components/schemas/Book"}}}}}}},
              "/internal/v1/loans": {"post": {
                "requestBody": {"required": true, "content": {"application/json": {"schema": {
                  "$ref": "#/components/schemas/Loan"}}}},
                "responses": {"201": {}}}}},
             "components": {"schemas": {
              "FeedBook": {"type": "object", "required": ["cursor", "items", "more"], "properties": {
                "cursor": {"type": "string"}, "more": {"type": "boolean"},
                "items": {"type": "array", "items": {"$ref": "#/components/schemas/Book"}}}},
              "Book": {"type": "object", "required": ["book_id", "page_count", "price", "shelves"], "properties": {
                "book_id": {"type": "string"},
                "page_count": {"type": "integer", "format": "int64"},
                "price": {"type": "string", "format": "decimal"},
                "written_by": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Author"}]},
                "shelves": {"type": "object", "additionalProperties": {"type": "integer", "format": "int32"}}}},
              "Author": {"type": ["object", "null"], "required": ["taught"], "properties": {
                "full_name": {"type": ["string", "null"]},
                "taught": {"type": "array", "items": {"$ref": "#/components/schemas/Author"}}}},
              "Loan": {"type": "object", "required": ["book_ids"], "properties": {
                "book_ids": {"type": "array", "items": {"type": "string"}},
                "days": {"type": "integer", "format": "int32"}}}}}}"""));

    record Author(@Nullable String fullName, List<Author> taught) {}

    record Book(
            String bookId,
            long pageCount,
            BigDecimal price,
            @Nullable Author writtenBy,
            Map<String, Integer> shelves) {}

    record Loan(List<String> bookIds, int days) {}

    @HttpExchange("/internal/v1")
    interface GoodReader {
        @GetExchange("/books")
        Feed<Book> books(@RequestParam("after") String after, @RequestParam int limit);

        @GetExchange("/books/{id}")
        Book book(@PathVariable("id") String isbn);

        @PostExchange("/loans")
        void lend(@RequestBody Loan loan);
    }

    @Test
    void aReaderWhoAsksAsItIsWrittenPasses() {
        assertThat(ConsumedApi.problems(LIBRARY, GoodReader.class)).isEmpty();
    }

    interface WrongPath {
        @GetExchange("/internal/v1/volumes")
        Feed<Book> books(@RequestParam String after);
    }

    interface WrongMethod {
        @GetExchange("/internal/v1/loans")
        void lend();
    }

    @Test
    void aRouteThatIsNotServedIsAProblem() {
        assertThat(ConsumedApi.problems(LIBRARY, WrongPath.class))
                .containsExactly("WrongPath.books: no path /internal/v1/volumes");
        assertThat(ConsumedApi.problems(LIBRARY, WrongMethod.class))
                .containsExactly("WrongMethod.lend: GET /internal/v1/loans is not served, only [post]");
    }

    record RenamedAuthor(String name) {}

    record BookOfRenamed(@Nullable RenamedAuthor writtenBy) {}

    interface RenamedField {
        @GetExchange("/internal/v1/books")
        Feed<BookOfRenamed> books(@RequestParam String after);
    }

    @Test
    void aFieldThatIsCalledOtherwiseIsAProblemHoweverDeepItLies() {
        assertThat(ConsumedApi.problems(LIBRARY, RenamedField.class))
                .containsExactly(
                        "RenamedField.books: answer.items[].written_by: no field name, only" + " [full_name, taught]");
    }

    record CertainBook(String bookId, Author writtenBy) {}

    interface Certain {
        @GetExchange("/internal/v1/books/{id}")
        CertainBook book(@PathVariable String id);
    }

    @Test
    void aFieldThatMayBeAbsentIsReadAsNullable() {
        assertThat(ConsumedApi.problems(LIBRARY, Certain.class))
                .containsExactly("Certain.book: answer.written_by: may be absent, and the component is not @Nullable");
    }

    record MistypedBook(long bookId, int pageCount, double price, List<String> shelves) {}

    interface WrongTypes {
        @GetExchange("/internal/v1/books/{id}")
        MistypedBook book(@PathVariable long id);
    }

    @Test
    void aValueOfAnotherTypeIsAProblem() {
        assertThat(ConsumedApi.problems(LIBRARY, WrongTypes.class))
                .containsExactly(
                        "WrongTypes.book: path parameter book_id: long beside string",
                        "WrongTypes.book: answer.book_id: long beside string",
                        "WrongTypes.book: answer.page_count: int beside int64",
                        "WrongTypes.book: answer.price: double beside string",
                        "WrongTypes.book: answer.shelves: List beside object");
    }

    interface MissingParameter {
        @GetExchange("/internal/v1/books")
        Feed<Book> books(@RequestParam int limit);
    }

    interface InventedParameter {
        @GetExchange("/internal/v1/books")
        Feed<Book> books(@RequestParam String after, @RequestParam String author);
    }

    @Test
    void everyRequiredParameterIsSentAndNoUnknownOne() {
        assertThat(ConsumedApi.problems(LIBRARY, MissingParameter.class))
                .containsExactly("MissingParameter.books: does not send what is required: query after");
        assertThat(ConsumedApi.problems(LIBRARY, InventedParameter.class))
                .containsExactly("InventedParameter.books: no query parameter author");
    }

    record LongLoan(long days, String reader) {}

    interface WrongBody {
        @PostExchange("/internal/v1/loans")
        void lend(@RequestBody LongLoan loan);
    }

    interface NoBody {
        @PostExchange("/internal/v1/loans")
        void lend();
    }

    @Test
    void aBodyIsComparedAsItIsWritten() {
        assertThat(ConsumedApi.problems(LIBRARY, WrongBody.class))
                .containsExactly(
                        "WrongBody.lend: body.days: long beside int32",
                        "WrongBody.lend: body: no field reader, only [book_ids, days]",
                        "WrongBody.lend: body: does not send the required field book_ids");
        assertThat(ConsumedApi.problems(LIBRARY, NoBody.class))
                .containsExactly("NoBody.lend: does not send what is required: body");
    }

    interface Bytes {
        @GetExchange("/internal/v1/books/{id}")
        byte[] book(@PathVariable String id);
    }

    @Test
    void bytesAreNoObject() {
        assertThat(ConsumedApi.problems(LIBRARY, Bytes.class))
                .singleElement()
                .asString()
                .startsWith("Bytes.book: answer: no bytes, only");
    }

    interface Untold {
        @PostExchange("/internal/v1/loans")
        Book lend(@RequestBody Loan loan);

        @GetExchange("/internal/v1/books/{id}")
        Object book(@PathVariable String id);

        void browse();
    }

    @Test
    void whatNobodyDescribedIsAProblem() {
        assertThat(ConsumedApi.problems(LIBRARY, Untold.class))
                .containsExactlyInAnyOrder(
                        "Untold.lend: answer: the document says nothing of its type",
                        "Untold.book: answer: Object is no type that this check knows",
                        "Untold.browse: not an @HttpExchange");
        assertThat(ConsumedApi.problems(LIBRARY, Runnable.class)).hasSize(1);
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThatCode(() -> ConsumedApi.requireServed(LIBRARY, GoodReader.class))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ConsumedApi.requireServed(LIBRARY, WrongPath.class, WrongMethod.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("WrongPath.books")
                .hasMessageContaining("WrongMethod.lend")
                .hasMessageContaining("docs/openapi/library-service.json");
    }
}
