package io.pbts.announce.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.wire.gateway.AddressText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request's head, read in place (RFC 9112). Of the header fields only those are looked at that change what a tracker does.
 * What one reader might see as the end of a line, a field or a request and another might not is refused: bare line ends,
 * control characters, folded lines, white space in names, a second Host, any body. Reused by every request of an event loop.
 */
final class RequestHead {
    private static final byte[] GET = ascii("GET");
    private static final byte[] HTTP_10 = ascii("HTTP/1.0");
    private static final byte[] HTTP_1 = ascii("HTTP/1.");
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] CONTENT_LENGTH = ascii("content-length");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
    private static final byte[] CLIENT_ADDRESS = ascii("x-pbts-client-address");
    private static final byte[] SERVICE_TOKEN = ascii("x-pbts-service-token");
    private static final byte[] HOST = ascii("host");
    private static final byte[] CLOSE = ascii("close");
    private static final byte[] KEEP_ALIVE = ascii("keep-alive");
    private static final byte[] UPGRADE = ascii("upgrade");
    private static final byte[] WEBSOCKET = ascii("websocket");
    private static final byte[] WEBSOCKET_KEY = ascii("sec-websocket-key");
    private static final byte[] WEBSOCKET_VERSION = ascii("sec-websocket-version");
    private static final byte[] THIRTEEN = ascii("13");
    private static final byte[] ZERO = ascii("0");
    /** RFC 9110, 5.6.2: the symbols of a field's name. */
    private static final boolean[] NAME = symbols("!#$%&'*+-.^_`|~");

    /** What is to be done with a request. */
    enum Form {
        FINE,
        BAD,
        NO_GET,
        OTHER_VERSION
    }

    /** The line ends in some other way than CR LF, or has control characters. */
    private static final int BROKEN = -1;

    private final boolean ofGateway;
    private final WebSocketRequest webSocket = new WebSocketRequest();
    private byte[] bytes = {};
    private int targetFrom;
    private int targetTo;
    private boolean http10;
    private boolean keepAlive;
    private int hosts;
    private int addresses;
    private int tokens;
    private int tokenFrom;
    private int tokenTo;
    private @Nullable PeerAddress client;

    /** A head whose sender is the gateway, and so may say for whom it asks, or a head of anybody. */
    RequestHead(boolean ofGateway) {
        this.ofGateway = ofGateway;
    }

    Form read(byte[] head, int length) {
        bytes = head;
        hosts = 0;
        addresses = 0;
        tokens = 0;
        tokenFrom = 0;
        tokenTo = 0;
        client = null;
        webSocket.clear();
        int lineEnd = lineEnd(0, length);
        Form form = lineEnd == BROKEN ? Form.BAD : readRequestLine(lineEnd);
        if (form != Form.FINE) {
            return form;
        }
        int from = lineEnd + 2;
        while (from < length) {
            int to = lineEnd(from, length);
            if (to == BROKEN || (to > from && !readField(from, to))) {
                return Form.BAD;
            }
            from = to + 2;
        }
        return hosts == 1 || http10 ? Form.FINE : Form.BAD;
    }

    private Form readRequestLine(int to) {
        int first = find((byte) ' ', 0, to);
        int last = to - 1;
        while (last > first && bytes[last] != ' ') {
            last--;
        }
        if (last <= first || !startsWith(last + 1, to, HTTP_1) || to - last - 1 != HTTP_10.length) {
            boolean isHttp = last > first && startsWith(last + 1, to, Arrays.copyOf(HTTP_1, 5));
            return isHttp ? Form.OTHER_VERSION : Form.BAD;
        }
        http10 = bytes[to - 1] == '0';
        keepAlive = !http10;
        targetFrom = first + 1;
        targetTo = last;
        for (int i = targetFrom; i < targetTo; i++) {
            boolean control = bytes[i] >= 0 && bytes[i] <= ' ';
            if (control || bytes[i] == 0x7f) {
                return Form.BAD;
            }
        }
        return Arrays.equals(bytes, 0, first, GET, 0, GET.length) ? Form.FINE : Form.NO_GET;
    }

    private boolean readField(int from, int to) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            if (bytes[colon] < 0 || !NAME[bytes[colon]]) {
                return false;
            }
            colon++;
        }
        if (colon == to || colon == from) {
            return false;
        }
        int valueFrom = colon + 1;
        while (valueFrom < to && (bytes[valueFrom] == ' ' || bytes[valueFrom] == '\t')) {
            valueFrom++;
        }
        int valueTo = to;
        while (valueTo > valueFrom && (bytes[valueTo - 1] == ' ' || bytes[valueTo - 1] == '\t')) {
            valueTo--;
        }
        return switch (colon - from) {
            case 4 -> !isText(from, colon, HOST) || (++hosts == 1 && HostField.isValid(bytes, valueFrom, valueTo));
            case 7 -> !isText(from, colon, UPGRADE) || webSocket.names(isText(valueFrom, valueTo, WEBSOCKET));
            case 10 -> !isText(from, colon, CONNECTION) || readConnection(valueFrom, valueTo);
            case 14 -> !isText(from, colon, CONTENT_LENGTH) || isText(valueFrom, valueTo, ZERO);
            case 17 ->
                !isText(from, colon, TRANSFER_ENCODING)
                        && (!isText(from, colon, WEBSOCKET_KEY) || webSocket.key(valueFrom, valueTo));
            case 20 -> !isText(from, colon, SERVICE_TOKEN) || readServiceToken(valueFrom, valueTo);
            case 21 ->
                isText(from, colon, WEBSOCKET_VERSION)
                        ? webSocket.version(isText(valueFrom, valueTo, THIRTEEN))
                        : !isText(from, colon, CLIENT_ADDRESS) || readClientAddress(valueFrom, valueTo);
            default -> true;
        };
    }

    private static boolean[] symbols(String others) {
        var table = new boolean[128];
        for (char symbol = 0; symbol < table.length; symbol++) {
            boolean letter = (symbol | 32) >= 'a' && (symbol | 32) <= 'z';
            boolean digit = symbol >= '0' && symbol <= '9';
            table[symbol] = letter || digit || others.indexOf(symbol) >= 0;
        }
        return table;
    }

    /** A list of options; only three of them matter here. */
    private boolean readConnection(int from, int to) {
        int start = from;
        while (start < to) {
            int end = find((byte) ',', start, to);
            int left = start;
            while (left < end && bytes[left] == ' ') {
                left++;
            }
            int right = end;
            while (right > left && bytes[right - 1] == ' ') {
                right--;
            }
            if (isText(left, right, CLOSE)) {
                keepAlive = false;
            } else if (isText(left, right, KEEP_ALIVE) && http10) {
                keepAlive = true;
            } else if (isText(left, right, UPGRADE)) {
                webSocket.connectionUpgrades();
            }
            start = end + 1;
        }
        return true;
    }

    private boolean readClientAddress(int from, int to) {
        if (ofGateway) {
            addresses++;
            client = addresses == 1 ? AddressText.parse(bytes, from, to) : null;
        }
        return true;
    }

    private boolean readServiceToken(int from, int to) {
        if (ofGateway) {
            tokens++;
            tokenFrom = tokens == 1 ? from : 0;
            tokenTo = tokens == 1 ? to : 0;
        }
        return true;
    }

    /** Where the service token is; nowhere, which is an empty one, when it came not once. */
    int tokenFrom() {
        return tokenFrom;
    }

    int tokenTo() {
        return tokenTo;
    }

    /** Whether, and with which key, the client asks for a WebSocket. */
    WebSocketRequest webSocket() {
        return webSocket;
    }

    int targetFrom() {
        return targetFrom;
    }

    int targetTo() {
        return targetTo;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    boolean http10() {
        return http10;
    }

    /** For whom the gateway asks; null when it did not say, said it twice, or what it said is no address. */
    @Nullable
    PeerAddress client() {
        return client;
    }

    /** Where the CR LF of this line is. */
    private int lineEnd(int from, int length) {
        for (int at = from; at < length; at++) {
            byte symbol = bytes[at];
            if (symbol < ' ' && symbol >= 0 && symbol != '\t') {
                return symbol == '\r' && at + 1 < length && bytes[at + 1] == '\n' ? at : BROKEN;
            }
        }
        return BROKEN;
    }

    private int find(byte symbol, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != symbol) {
            at++;
        }
        return at;
    }

    private boolean startsWith(int from, int to, byte[] prefix) {
        return to - from >= prefix.length && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /** Whether these bytes are the given lower-case text in whatever case. */
    private boolean isText(int from, int to, byte[] lowerCase) {
        if (to - from != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            byte symbol = bytes[from + i];
            int lower = symbol >= 'A' && symbol <= 'Z' ? symbol + 32 : symbol;
            if (lower != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
