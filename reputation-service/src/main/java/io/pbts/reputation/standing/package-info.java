/** What every account has given and taken, the policy it is judged by, and the verdict of the gate. */
@NullMarked
package io.pbts.reputation.standing;

import org.jspecify.annotations.NullMarked;
