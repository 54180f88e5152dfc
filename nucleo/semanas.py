"""The hours of a week in which something is open, as people write and read them: in forms, in the API."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from nucleo.formularios import campos
from nucleo.formularios.campos import Campo
from nucleo.lectores import Entrada, en_horas, escrito, horario_para_escribir, leer_horario
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

Tramo = tuple[int, int]
"""An opening: minutes after midnight, from and up to (1440 is the end of the day)."""
Semana = Mapping[int, tuple[Tramo, ...]]
"""The openings of each weekday that has some; 1 is Monday, 7 Sunday."""
DIAS = {
    1: _l("lunes"),
    2: _l("martes"),
    3: _l("miércoles"),
    4: _l("jueves"),
    5: _l("viernes"),
    6: _l("sábado"),
    7: _l("domingo"),
}
DIAS_EN_ORDEN = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
"""Their names in the API and in forms."""
Horario = Annotated[
    str,
    escrito(80),
    AfterValidator(lambda texto: horario_para_escribir(leer_horario(texto))),
    Field(examples=["8:30-12:30, 14:30-18:30"]),
]


class SemanaEscrita(Entrada):
    """The hours of each weekday; empty when it is closed."""

    lunes: Horario = ""
    martes: Horario = ""
    miercoles: Horario = ""
    jueves: Horario = ""
    viernes: Horario = ""
    sabado: Horario = ""
    domingo: Horario = ""

    def semana(self) -> Semana:
        leidas = {n: leer_horario(getattr(self, dia)) for n, dia in enumerate(DIAS_EN_ORDEN, 1)}
        return {n: tramos for n, tramos in leidas.items() if tramos}

    @classmethod
    def de(cls, semana: Semana) -> "SemanaEscrita":
        return cls(**{d: horario_para_escribir(semana.get(n, ())) for n, d in enumerate(DIAS_EN_ORDEN, 1)})


class Semanal(BaseModel):
    """The week as a form reads it: `preguntas_de_la_semana`."""

    lunes: tuple[Tramo, ...] = ()
    martes: tuple[Tramo, ...] = ()
    miercoles: tuple[Tramo, ...] = ()
    jueves: tuple[Tramo, ...] = ()
    viernes: tuple[Tramo, ...] = ()
    sabado: tuple[Tramo, ...] = ()
    domingo: tuple[Tramo, ...] = ()

    def semana(self) -> Semana:
        leidas = {n: getattr(self, dia) for n, dia in enumerate(DIAS_EN_ORDEN, 1)}
        return {n: tramos for n, tramos in leidas.items() if tramos}


def preguntas_de_la_semana(nombre: str) -> Iterator[Campo]:
    """The fields of a week: one for each day of the nested model `nombre`, a `Semanal`."""
    for dia, etiqueta in zip(DIAS_EN_ORDEN, DIAS.values(), strict=True):
        yield campos.texto(
            f"{nombre}.{dia}", etiqueta, lector=leer_horario, maximo=80, opcional=True, vacio=()
        )


def valores_de_la_semana(nombre: str, semana: Semana) -> dict[str, str]:
    """What those fields hold of a week, to edit it."""
    return {
        f"{nombre}.{dia}": horario_para_escribir(semana.get(n, ())) for n, dia in enumerate(DIAS_EN_ORDEN, 1)
    }


def semana_en_palabras(semana: Semana) -> list[tuple[str, str]]:
    """The week, days that are alike together: [("Lunes a viernes", "8:30 a 12:30 y 14:30 a 18:30"), …]."""
    grupos: list[tuple[int, int, tuple[Tramo, ...]]] = []
    for dia in DIAS:
        tramos = semana.get(dia, ())
        if grupos and grupos[-1][2] == tramos:
            grupos[-1] = (grupos[-1][0], dia, tramos)
        else:
            grupos.append((dia, dia, tramos))
    return [(_de_a(desde, hasta), _horas(tramos)) for desde, hasta, tramos in grupos]


def _de_a(desde: int, hasta: int) -> str:
    if desde == hasta:
        texto = str(DIAS[desde])
    elif hasta == desde + 1:
        texto = _("%(uno)s y %(otro)s") % {"uno": DIAS[desde], "otro": DIAS[hasta]}
    else:
        texto = _("%(uno)s a %(otro)s") % {"uno": DIAS[desde], "otro": DIAS[hasta]}
    return texto[:1].upper() + texto[1:]


def _horas(tramos: tuple[Tramo, ...]) -> str:
    if not tramos:
        return _("cerrado")
    return _(" y ").join(
        _("%(abre)s a %(cierra)s") % {"abre": en_horas(abre), "cierra": en_horas(cierra)}
        for abre, cierra in tramos
    )
