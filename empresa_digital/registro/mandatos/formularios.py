"""The forms of mandates: what each asks for, in which words."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends
from pydantic import BaseModel, BeforeValidator, Field, ValidationInfo, field_validator

from empresa_digital.registro.mandatos.esquemas import Revocacion
from empresa_digital.registro.mandatos.palabras import FACULTADES
from empresa_digital.registro.mandatos.tipos import Facultad
from nucleo.dinero import Dinero
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import Cedula
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

_OTORGABLES = [f for f in FACULTADES if f != Facultad.REGULAR]
"""To regulate is given by the authority through the API."""


def _marcadas(casillas: Any) -> Any:
    """The names of the boxes that were ticked."""
    return [c for c, marcada in casillas.items() if marcada] if isinstance(casillas, dict) else casillas


FacultadesMarcadas = Annotated[tuple[Facultad, ...], BeforeValidator(_marcadas), Field(min_length=1)]
CASILLAS_DE_FACULTADES = tuple(
    campos.casilla(
        f"facultades.{f}",
        FACULTADES[f][0],
        ayuda=FACULTADES[f][1],
        falta=_l("Marque al menos una facultad."),
    )
    for f in _OTORGABLES
)
LUGAR_DE_FACULTADES = CASILLAS_DE_FACULTADES[0].nombre
"""What is said of all the boxes is shown above the first."""


class MandatoPedido(BaseModel):
    """A grant to a person, by identity card, or to a unit, by number; `hasta` is its last day in Bolivia."""

    clase: Literal["persona", "unidad"] = "persona"
    ci: Cedula | None = Field(None, validate_default=True)
    complemento: str | None = Field(None, max_length=2)
    unidad: str | None = Field(None, max_length=30, validate_default=True)
    facultades: FacultadesMarcadas
    monto_limite: Dinero | None = None
    limite_dia: Dinero | None = None
    limite_mes: Dinero | None = None
    hasta: date | None = None
    documento: str | None = Field(None, max_length=200)
    subdelegable: bool = False

    @field_validator("ci", "unidad")
    @classmethod
    def _a_quien(cls, valor: str | None, lo_demas: ValidationInfo) -> str | None:
        pedido = "unidad" if lo_demas.data.get("clase") == "unidad" else "ci"
        if valor is None and lo_demas.field_name == pedido:
            raise ValueError(_("Escriba a quién da el mandato."))
        return valor


class Asignacion(BaseModel):
    """Which of the two buttons was pressed."""

    asignar: bool = False
    retirar: bool = False


LIMITE_POR_ACTO = campos.dinero(
    "monto_limite",
    _l("Monto máximo por acto"),
    ayuda=_l("Déjelo vacío si no hay límite."),
    opcional=True,
)
VIGENCIA_Y_RESPALDO = (
    campos.fecha(
        "hasta",
        _l("Último día"),
        ayuda=_l("Déjelo vacío si vale hasta que se lo revoque."),
        falta=_l("Escriba la fecha con día, mes y año."),
        opcional=True,
    ),
    campos.texto(
        "documento",
        _l("Documento de respaldo"),
        ayuda=_l("Poder, acta o resolución."),
        opcional=True,
        maximo=200,
    ),
)
"""Until when, and by which paper."""
MANDATO = Formulario(
    "mandato",
    MandatoPedido,
    campos.oculto("clase"),
    campos.texto(
        "ci",
        _l("Cédula de identidad"),
        ayuda=_l("Si nunca ingresó a Qhatu, verá el mandato cuando ingrese. Vale desde que lo acepte."),
        opcional=True,
        modo="numeric",
        ancho="medio",
        maximo=20,
    ),
    campos.texto(
        "complemento",
        _l("Complemento"),
        ayuda=_l("Solo si su cédula lo tiene, por ejemplo 1A."),
        opcional=True,
        ancho="corto",
        maximo=2,
    ),
    campos.texto(
        "unidad",
        _l("Número de la otra unidad"),
        ayuda=_l("Por ejemplo UE-0000001-3. Actuarán las personas que esa unidad faculte para lo mismo."),
        opcional=True,
        ancho="medio",
        maximo=30,
    ),
    *CASILLAS_DE_FACULTADES,
    LIMITE_POR_ACTO,
    campos.dinero(
        "limite_dia",
        _l("Monto máximo por día"),
        ayuda=_l("Todo lo que paga o compromete en un día. Déjelo vacío si no hay límite."),
        opcional=True,
    ),
    campos.dinero(
        "limite_mes",
        _l("Monto máximo por mes"),
        ayuda=_l("Del primero al último día del mes. Déjelo vacío si no hay límite."),
        opcional=True,
    ),
    *VIGENCIA_Y_RESPALDO,
    campos.casilla("subdelegable", _l("Puede pasar estas facultades a otra persona")),
    lugares={
        "facultades": LUGAR_DE_FACULTADES,
        "apoderado": "unidad",
        "identidad_invalida": "ci",
    },
)
REVOCACION = Formulario(
    "mandato.revocacion",
    Revocacion,
    campos.area("motivo", _l("¿Por qué?"), filas=3, maximo=2000, falta=_l("Escriba el motivo.")),
)


RENUNCIA = Formulario(
    "mandato.renuncia",
    Revocacion,
    campos.area("motivo", _l("¿Por qué?"), filas=2, maximo=2000, falta=_l("Escriba el motivo.")),
)
RESPUESTA = Formulario("mandato.respuesta", Nada)
ASIGNACION = Formulario(
    "mandato.asignacion",
    Asignacion,
    campos.boton("asignar"),
    campos.boton("retirar"),
)
HojaDeRespuesta = Annotated[Hoja[Nada], Depends(RESPUESTA)]
HojaDeAsignacion = Annotated[Hoja[Asignacion], Depends(ASIGNACION)]
HojaDeMandato = Annotated[Hoja[MandatoPedido], Depends(MANDATO)]
HojaDeRenuncia = Annotated[Hoja[Revocacion], Depends(RENUNCIA)]
HojaDeRevocacion = Annotated[Hoja[Revocacion], Depends(REVOCACION)]
