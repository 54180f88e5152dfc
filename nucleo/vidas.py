"""A life, declared once: its states, where it is born, the steps it may take and its ends.

The code asks the declaration (`pasar`, `exigir_paso`, `puede_pasar`), and it prints the CHECK and triggers
that a revision carries, so that the database refuses the same. A test compares both, pair by pair.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from nucleo.errores import Conflicto
from nucleo.textos import gettext as _

E = TypeVar("E", bound=StrEnum)

declaradas: dict[str, "Vida[Any]"] = {}
"""Every life by its table."""


class TransicionInvalida(Conflicto):
    """A step that the state of a thing does not allow. A room subclasses it for a `codigo` of its own."""

    codigo = "transicion_invalida"


class _ConEstado(Protocol):
    estado: Any


class Vida(Generic[E]):
    """The life of the rows of `tabla`, whose column `estado` is one of `estados`.

    `pasos` says what may follow each state that is not one of the `fines`. `solo_si` is SQL over `OLD` that a
    step needs besides (the database's to judge). `salvo_si` is SQL over `OLD` and `NEW` that lets a row take
    any other step, back from an end too: a correction counted in the same change, say. `nombre` is how people
    read a state.
    """

    def __init__(
        self,
        tabla: str,
        estados: type[E],
        pasos: Mapping[E, Iterable[E]],
        *,
        nace: Iterable[E],
        fines: Iterable[E],
        solo_si: Mapping[tuple[E, E], str] | None = None,
        salvo_si: str = "",
        nombre: Callable[[E], str] = lambda estado: estado.replace("_", " "),
        error: type[TransicionInvalida] = TransicionInvalida,
    ) -> None:
        self.tabla, self.estados, self.nombre, self.error = tabla, estados, nombre, error
        self.nace, self.fines = frozenset(nace), frozenset(fines)
        self.pasos: dict[E, frozenset[E]] = {de: frozenset(pasos.get(de, ())) for de in estados}
        self.solo_si, self.salvo_si = dict(solo_si or {}), salvo_si
        assert self.fines == {de for de in estados if not self.pasos[de]}, "only an end has no steps"
        assert self.nace.union(*self.pasos.values()) == frozenset(estados), "every state is reached"
        assert all(a in self.pasos[de] for de, a in self.solo_si), "a condition is of a step"
        assert all(de not in despues for de, despues in self.pasos.items()), "to stay is no step"
        declaradas[tabla] = self

    def puede_pasar(self, de: str, a: E) -> bool:
        """Whether a row may go from one state to another one."""
        return a in self.pasos[self.estados(de)]

    def exigir_paso(self, fila: _ConEstado, a: E, detalle: str = "") -> None:
        """Raise `TransicionInvalida` unless the row may go to `a`; `detalle` is what to say."""
        if not self.puede_pasar(fila.estado, a):
            actual = self.estados(fila.estado)
            raise self.error(
                detalle
                or _("Está en estado «%(actual)s» y no puede pasar a «%(nuevo)s».")
                % {"actual": self.nombre(actual), "nuevo": self.nombre(a)},
                estado_actual=str(actual),
            )

    def pasar(self, fila: _ConEstado, a: E, detalle: str = "", *, salvo: bool = False) -> None:
        """Take the row, locked by the caller, one step. Raises `TransicionInvalida`.

        `salvo`: the caller knows that `salvo_si` holds, and the database judges.
        """
        assert not salvo or self.salvo_si
        if not salvo:
            self.exigir_paso(fila, a, detalle)
        fila.estado = a

    def sql(self) -> str:
        """The text that a revision carries; `nucleo_vida()`, the kernel's, says which step it refuses."""
        t, nace = self.tabla, _lista(self._en_orden(self.nace))
        abre, cierra = ("(", f" OR coalesce({self.salvo_si}, false))") if self.salvo_si else ("", "")
        return (
            f"ALTER TABLE {t} DROP CONSTRAINT IF EXISTS ck_{t}_estado,\n"
            f"    ADD CONSTRAINT ck_{t}_estado CHECK (estado IN ({_lista(self.estados)}));\n"
            f"CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON {t} FOR EACH ROW\n"
            f"    WHEN (NEW.estado NOT IN ({nace})) EXECUTE FUNCTION nucleo_vida();\n"
            f"CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON {t} FOR EACH ROW\n"
            f"    WHEN (NEW.estado <> OLD.estado AND NOT {abre}CASE OLD.estado\n{self._casos()}"
            f"        ELSE false END{cierra}) EXECUTE FUNCTION nucleo_vida();\n"
        )

    def _casos(self) -> str:
        return "".join(
            f"        WHEN '{de}' THEN {self._condicion(de)}\n" for de in self.estados if self.pasos[de]
        )

    def _condicion(self, de: E) -> str:
        libres = [a for a in self._en_orden(self.pasos[de]) if (de, a) not in self.solo_si]
        partes = [f"NEW.estado IN ({_lista(libres)})"] if libres else []
        partes += [f"(NEW.estado = '{a}' AND {si})" for (desde, a), si in self.solo_si.items() if desde == de]
        return " OR ".join(partes)

    def _en_orden(self, algunos: Iterable[E]) -> list[E]:
        elegidos = frozenset(algunos)
        return [estado for estado in self.estados if estado in elegidos]


def _lista(estados: Iterable[StrEnum]) -> str:
    return ", ".join(f"'{estado.value}'" for estado in estados)
