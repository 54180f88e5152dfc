"""The forms of the programs of a unit: what each asks for, in which words."""

from typing import Annotated, Any

from fastapi import Depends
from pydantic import BaseModel, BeforeValidator, Field

from ciudadania import ALCANCES
from empresa_digital.registro.clientes.esquemas import HORAS, HORAS_MAXIMAS, Desconexion
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import Entero, leer_entero
from nucleo.textos import perezoso as _l

PLAZOS = ((365, _l("Un año")), (90, _l("Tres meses")), (30, _l("Un mes")))
ESPERAS = (
    (HORAS, _l("Un día"), _l("Para cambiarlo en su sistema sin que deje de funcionar.")),
    (HORAS_MAXIMAS, _l("Una semana"), _l("Si su sistema está en varios lugares.")),
    (0, _l("Nada: deja de valer ahora"), _l("Si alguien más pudo verlo. También sus tokens dejan de valer.")),
)


def _marcados(casillas: Any) -> Any:
    """The names of the boxes that were ticked."""
    return [c for c, marcada in casillas.items() if marcada] if isinstance(casillas, dict) else casillas


class ProgramaPedido(BaseModel):
    """A program to connect; `dias`: how long its secret works."""

    nombre: str = Field(min_length=1, max_length=80)
    alcances: Annotated[tuple[str, ...], BeforeValidator(_marcados), Field(min_length=1)]
    dias: Entero = Field(ge=1, le=365)


class RotacionPedida(BaseModel):
    """A new secret in place of the one that ends in `pista`; the former one works `horas` more."""

    pista: str
    horas: int = Field(ge=0, le=HORAS_MAXIMAS)


PROGRAMA = Formulario(
    "programa",
    ProgramaPedido,
    campos.texto(
        "nombre",
        _l("¿Cómo lo llama?"),
        ayuda=_l("Para reconocerlo después, por ejemplo «Sistema de ventas»."),
        falta=_l("Escriba un nombre de hasta 80 letras."),
        maximo=80,
    ),
    *(
        campos.casilla(
            f"alcances.{clave}",
            alcance.nombre,
            ayuda=alcance.puede,
            falta=_l("Marque al menos una cosa que podrá hacer."),
        )
        for clave, alcance in ALCANCES.items()
    ),
    campos.seleccion("dias", _l("¿Por cuánto tiempo vale su secreto?"), opciones=PLAZOS, lector=leer_entero),
    # What is said of all the boxes is shown above the first.
    lugares={"alcances": f"alcances.{next(iter(ALCANCES))}"},
)
ROTACION = Formulario(
    "programa.rotacion",
    RotacionPedida,
    campos.oculto("pista"),
    campos.opciones(
        "horas", _l("¿Cuánto más vale el secreto de ahora?"), opciones=ESPERAS, lector=leer_entero
    ),
)
DESCONEXION = Formulario(
    "programa.desconexion",
    Desconexion,
    campos.area("motivo", _l("¿Por qué lo desconecta?"), filas=2, falta=_l("Escriba el motivo.")),
)
HojaDePrograma = Annotated[Hoja[ProgramaPedido], Depends(PROGRAMA)]
HojaDeRotacion = Annotated[Hoja[RotacionPedida], Depends(ROTACION)]
HojaDeDesconexion = Annotated[Hoja[Desconexion], Depends(DESCONEXION)]
