/**
 * One prediction call whatever its protocol: which version answers, deadline, the rows' verdicts, warnings.
 * It must not know how rows came in or how answers go out.
 * Start reading at {@link io.lathe.serving.predict.Predictions}.
 */
@NullMarked
package io.lathe.serving.predict;

import org.jspecify.annotations.NullMarked;
