package io.pbts.protocol.epoch;

import java.util.Arrays;
import java.util.Optional;

/** What a record of an epoch file is. The number is what the file has: final. */
public enum RecordType {
    HEADER(1, "header"),
    BATCH(2, "batch"),
    CERTIFICATE(3, "certificate"),
    MEMBER(4, "member of an aggregate"),
    ROW(5, "row"),
    SUM(6, "sum"),
    PART(7, "part");

    private final int number;
    private final String title;

    RecordType(int number, String title) {
        this.number = number;
        this.title = title;
    }

    int number() {
        return number;
    }

    public String title() {
        return title;
    }

    static Optional<RecordType> ofNumber(int number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }
}
