/**
 * What all routes share: errors as documents, security headers, the check of who may call what, live feeds. It knows identities and
 * event logs, no feature. Start reading at {@link io.lathe.workbench.web.Gate}.
 */
@NullMarked
package io.lathe.workbench.web;

import org.jspecify.annotations.NullMarked;
