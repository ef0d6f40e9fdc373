/**
 * What can go wrong, in one exception. It is for every module's errors and their one translation into HTTP statuses and exit codes; it must not know who reports them or how. Start reading at
 * {@link io.lathe.datasets.problem.LatheException}.
 */
@NullMarked
package io.lathe.datasets.problem;

import org.jspecify.annotations.NullMarked;
