package io.pbts.contract.chain;

import io.pbts.contract.chain.wrapper.Reputation;
import io.pbts.contract.chain.wrapper.ReputationFactory;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.BytesType;
import org.web3j.abi.datatypes.CustomError;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;

/**
 * Why a contract undid a call: the name and the values of one of its errors, or the text or panic code of Solidity's own.
 *
 * @param name such as {@code UserExists}
 * @param arguments as a person reads them
 */
public record Revert(String name, List<String> arguments) {
    private static final int LONGEST_ARGUMENT = 256;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");
    private static final Map<String, CustomError> BY_SELECTOR = Stream.concat(
                    Stream.of(
                            new CustomError("Error", List.of(new TypeReference<Utf8String>() {})),
                            new CustomError("Panic", List.of(new TypeReference<Uint256>() {}))),
                    Stream.of(Reputation.class, ReputationFactory.class).flatMap(Revert::errorsOf))
            .collect(Collectors.toUnmodifiableMap(Revert::selectorOf, error -> error, (one, same) -> one));

    public Revert {
        arguments = List.copyOf(arguments);
    }

    /** From the bytes that a call returned when it reverted. */
    static Revert decode(Bytes data) {
        if (data.size() < 4) {
            return new Revert("Reverted", List.of());
        }
        String selector = data.slice(0, 4).toHexString();
        CustomError error = BY_SELECTOR.get(selector);
        if (error == null) {
            return new Revert("Reverted", List.of(shortened(data.toHexString())));
        }
        List<String> arguments =
                FunctionReturnDecoder.decode(data.slice(4).toHexString(), error.getParameters()).stream()
                        .map(Revert::readable)
                        .toList();
        return new Revert(error.getName(), arguments);
    }

    public String sentence() {
        return name + "(" + String.join(", ", arguments) + ")";
    }

    private static String selectorOf(CustomError error) {
        return CustomErrorEncoder.encode(error).substring(0, 10);
    }

    private static String readable(Type<?> value) {
        Object plain =
                value instanceof BytesType bytes ? Bytes.wrap(bytes.getValue()).toHexString() : value.getValue();
        return shortened(String.valueOf(plain));
    }

    /** Somebody else's text, for a log and a column: bounded, and without what neither can hold. */
    private static String shortened(String text) {
        String start = text.length() <= LONGEST_ARGUMENT ? text : text.substring(0, LONGEST_ARGUMENT) + "...";
        return UNPRINTABLE.matcher(start).replaceAll("?");
    }

    private static Stream<CustomError> errorsOf(Class<?> wrapper) {
        return Arrays.stream(wrapper.getFields())
                .filter(field -> field.getType() == CustomError.class)
                .map(Revert::valueOf);
    }

    private static CustomError valueOf(Field constant) {
        try {
            return (CustomError) constant.get(null);
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException("wrappers have public constants", hidden);
        }
    }
}
