package dev.andon.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says that a test starts programs that are not part of the build, such as {@code kcat}. Where one of them is not on the
 * PATH the test is skipped and the report says why; with {@code ANDON_CI=true} it fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ToolCondition.class)
public @interface RequiresTool {
    /** Names of executables, all of which are needed. */
    String[] value();
}
