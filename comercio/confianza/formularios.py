"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from comercio.confianza.esquemas import Apelacion, DecisionDeDenuncia, DenunciaNueva, ResolucionDeApelacion
from comercio.confianza.estados import DE_PERSONAS
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

_MOTIVOS = campos.area(
    "motivos", _l("Motivos"), falta=_l("Funde la decisión, con 3 letras o más."), filas=4, maximo=1000
)
DENUNCIA = Formulario(
    "denuncia",
    DenunciaNueva,
    campos.opciones(
        "motivo",
        _l("¿Qué tiene de malo?"),
        falta=_l("Elija qué tiene de malo."),
        opciones=lambda: [(m.value, m.texto) for m in DE_PERSONAS],
    ),
    campos.area(
        "relato",
        _l("Cuéntelo"),
        ayuda=_l("Lo lee la autoridad. Quien vende no sabrá quién denunció."),
        falta=_l("Cuente qué vio, con 3 letras o más."),
        filas=4,
        maximo=1000,
    ),
)
DECISION = Formulario(
    "denuncia.decision",
    DecisionDeDenuncia,
    campos.opciones(
        "retirar",
        _l("¿Qué decide?"),
        falta=_l("Elija qué decide."),
        opciones=lambda: [
            ("true", str(_l("Retirarlo de la venta"))),
            ("false", str(_l("No hay falta: sigue a la venta"))),
        ],
    ),
    _MOTIVOS,
)
APELACION = Formulario(
    "denuncia.apelacion",
    Apelacion,
    campos.area(
        "texto",
        _l("Por qué debe volver a la venta"),
        ayuda=_l("Diga qué corrigió o con qué permiso lo vende."),
        falta=_l("Diga por qué, con 3 letras o más."),
        filas=5,
        maximo=1000,
    ),
)
RESOLUCION = Formulario(
    "denuncia.resolucion",
    ResolucionDeApelacion,
    campos.opciones(
        "levantar",
        _l("¿Qué resuelve?"),
        falta=_l("Elija qué resuelve."),
        opciones=lambda: [
            ("true", str(_l("Vuelve a como estaba"))),
            ("false", str(_l("Queda retirado de la venta"))),
        ],
    ),
    _MOTIVOS,
)
HojaDeDenuncia = Annotated[Hoja[DenunciaNueva], Depends(DENUNCIA)]
HojaDeDecision = Annotated[Hoja[DecisionDeDenuncia], Depends(DECISION)]
HojaDeApelacion = Annotated[Hoja[Apelacion], Depends(APELACION)]
HojaDeResolucion = Annotated[Hoja[ResolucionDeApelacion], Depends(RESOLUCION)]
