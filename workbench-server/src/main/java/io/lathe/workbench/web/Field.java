package io.lathe.workbench.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the API's document says of a request's field, beyond its type. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
    /** Whether it must be there. */
    Parameter.Need need();

    /** Regular expression of the whole text; empty for any. */
    String pattern() default "";

    /** A value that fits, as JSON. */
    String example();
}
