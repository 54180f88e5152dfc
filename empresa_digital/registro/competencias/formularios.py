"""The forms of the authority on competences and norms."""

from datetime import date
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from empresa_digital.registro.competencias.esquemas import CodigoDeNorma, Derogacion, RetiroDeCompetencia
from empresa_digital.registro.competencias.palabras import MATERIAS
from empresa_digital.registro.competencias.tipos import Materia
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class CompetenciaPedida(BaseModel):
    """A grant as the page asks for it: from `desde`, a day in Bolivia, to `hasta` if it ends."""

    autoridad: str = Field(max_length=30)
    materia: Materia
    clase: str | None = Field(None, max_length=40)
    lugar: str | None = Field(None, pattern=r"^([0-9]{2}|[0-9]{6})$")
    norma: CodigoDeNorma
    desde: date
    hasta: date | None = None


class NormaPedida(BaseModel):
    codigo: CodigoDeNorma
    titulo: str = Field(min_length=3, max_length=300)
    vigente_desde: date
    confirmado: bool = False


COMPETENCIA = Formulario(
    "competencia",
    CompetenciaPedida,
    campos.texto(
        "autoridad",
        _l("Número de la unidad"),
        ayuda=_l("La entidad que decidirá, por ejemplo UE-0000001-3."),
        ancho="medio",
        maximo=30,
        falta=_l("Escriba el número de la entidad."),
    ),
    campos.opciones(
        "materia",
        _l("¿Qué decidirá?"),
        opciones=lambda: [(m.value, str(texto)) for m, texto in MATERIAS.items()],
        falta=_l("Elija qué decidirá."),
    ),
    campos.seleccion("clase", _l("Solo de esta clase"), elija=_l("Todas"), opcional=True),
    campos.seleccion("lugar", _l("Solo en este lugar"), elija=_l("Todo el país"), opcional=True),
    campos.seleccion("norma", _l("Norma"), elija=_l("Elija una norma")),
    campos.fecha("desde", _l("Desde")),
    campos.fecha("hasta", _l("Último día"), ayuda=_l("Vacío si no termina."), opcional=True),
)
RETIRO = Formulario(
    "competencia.retiro",
    RetiroDeCompetencia,
    campos.area("motivo", _l("¿Por qué?"), filas=2, maximo=2000, falta=_l("Escriba por qué se la retira.")),
)
NORMA = Formulario(
    "norma",
    NormaPedida,
    campos.texto(
        "codigo",
        _l("Código"),
        ayuda=_l("Mayúsculas y guiones, por ejemplo DS-4596."),
        ancho="medio",
        maximo=40,
        falta=_l("Escriba su código con mayúsculas y guiones, por ejemplo DS-4596."),
    ),
    campos.texto("titulo", _l("Título"), maximo=300, falta=_l("Escriba el título de la norma.")),
    campos.fecha("vigente_desde", _l("Vigente desde")),
    campos.casilla("confirmado", _l("La leí en la gaceta que la publicó")),
)
DEROGACION = Formulario("norma.derogacion", Derogacion, campos.fecha("vigente_hasta", _l("Último día")))

HojaDeCompetencia = Annotated[Hoja[CompetenciaPedida], Depends(COMPETENCIA)]
HojaDeRetiro = Annotated[Hoja[RetiroDeCompetencia], Depends(RETIRO)]
HojaDeNorma = Annotated[Hoja[NormaPedida], Depends(NORMA)]
HojaDeDerogacion = Annotated[Hoja[Derogacion], Depends(DEROGACION)]
