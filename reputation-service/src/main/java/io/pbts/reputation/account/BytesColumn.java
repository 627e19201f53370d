package io.pbts.reputation.account;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** Bytes with an equality, as {@code bytea}. */
@Converter(autoApply = true)
class BytesColumn implements AttributeConverter<Bytes, byte[]> {

    @Override
    public byte @Nullable [] convertToDatabaseColumn(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.toArray();
    }

    @Override
    public @Nullable Bytes convertToEntityAttribute(byte @Nullable [] column) {
        return column == null ? null : Bytes.wrap(column);
    }
}
