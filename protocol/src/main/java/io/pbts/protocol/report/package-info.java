/** Reports: receipts on their way to a tracker, and their compact binary form. Nothing in here is believed yet. */
@NullMarked
package io.pbts.protocol.report;

import org.jspecify.annotations.NullMarked;
