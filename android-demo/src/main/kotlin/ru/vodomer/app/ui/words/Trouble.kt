// What is the matter with the app's own file.

package ru.vodomer.app.ui.words

import ru.vodomer.app.R
import ru.vodomer.core.VodomerException

/** Words for one kind of trouble. [details] go into [text]; [canStartOver] when the file can be set aside. */
data class Trouble(
    val icon: Int,
    val title: Int,
    val text: Int,
    val details: String = "",
    val canStartOver: Boolean = false,
) {
    companion object {
        /** Nothing is wrong with the file, as far as is known. */
        val other = Trouble(R.drawable.ic_warn, R.string.trouble_other_title, R.string.trouble_other_text)

        /** The trouble behind a failure of the core. */
        fun of(failure: VodomerException): Trouble = when (failure) {
            is VodomerException.StorageNotOurs, is VodomerException.StorageDamaged -> Trouble(
                R.drawable.ic_warn,
                R.string.trouble_damaged_title,
                R.string.trouble_damaged_text,
                canStartOver = true,
            )

            is VodomerException.StorageNewer ->
                Trouble(R.drawable.ic_info, R.string.trouble_newer_title, R.string.trouble_newer_text)

            is VodomerException.StorageFull ->
                Trouble(R.drawable.ic_warn, R.string.trouble_full_title, R.string.trouble_full_text)

            is VodomerException.StorageNotWritable ->
                Trouble(R.drawable.ic_lock, R.string.trouble_locked_title, R.string.trouble_locked_text)

            is VodomerException.ProfileInvalid -> Trouble(
                R.drawable.ic_warn,
                R.string.trouble_profile_title,
                R.string.trouble_profile_text,
                failure.problems.joinToString("\n") { "${it.field}: ${it.reason}" },
            )

            else -> other
        }
    }
}
