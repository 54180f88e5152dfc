"""The forms of joint acts: what each asks for, in which words."""

from datetime import date
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from empresa_digital.registro.actos.esquemas import Firma, RechazoDeActo
from empresa_digital.registro.actos.grupos import PERSONAS_MAX
from empresa_digital.registro.mandatos import (
    CASILLAS_DE_FACULTADES,
    LIMITE_POR_ACTO,
    LUGAR_DE_FACULTADES,
    VIGENCIA_Y_RESPALDO,
    FacultadesMarcadas,
)
from nucleo.dinero import Dinero
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import Cedula, Entero
from nucleo.textos import perezoso as _l


class PersonaDelGrupo(BaseModel):
    ci: Cedula
    complemento: str | None = Field(None, max_length=2)


class GrupoPedido(BaseModel):
    """A joint grant; `hasta` is its last day in Bolivia."""

    personas: list[PersonaDelGrupo] = Field(min_length=2, max_length=PERSONAS_MAX)
    firmas: Entero = Field(ge=2, le=PERSONAS_MAX)
    facultades: FacultadesMarcadas
    monto_limite: Dinero | None = None
    limite_dia: Dinero | None = None
    limite_mes: Dinero | None = None
    hasta: date | None = None
    documento: str | None = Field(None, max_length=200)


GRUPO = Formulario(
    "mandato.conjunto",
    GrupoPedido,
    campos.texto(
        "personas.*.ci",
        _l("Cédula de identidad"),
        opcional=True,
        modo="numeric",
        ancho="medio",
        maximo=20,
    ),
    campos.texto("personas.*.complemento", _l("Complemento"), opcional=True, ancho="corto", maximo=2),
    campos.entero(
        "firmas",
        _l("¿Cuántas firmas hacen falta?"),
        ayuda=_l("De todas esas personas, cuántas firman cada acto. Por ejemplo, 2."),
        falta=_l("Escriba un número, por ejemplo 2."),
    ),
    *CASILLAS_DE_FACULTADES,
    LIMITE_POR_ACTO,
    campos.dinero("limite_dia", _l("Monto máximo por día, de cada una"), opcional=True),
    campos.dinero("limite_mes", _l("Monto máximo por mes, de cada una"), opcional=True),
    *VIGENCIA_Y_RESPALDO,
    lugares={"facultades": LUGAR_DE_FACULTADES, "personas": "personas.0.ci"},
)
FIRMA = Formulario(
    "acto.firma",
    Firma,
    campos.oculto("huella"),
    campos.casilla("declara", _l("Lo revisé")),
    guardable=False,
)
RECHAZO = Formulario(
    "acto.rechazo",
    RechazoDeActo,
    campos.area("motivo", _l("¿Por qué lo rechaza?"), filas=2, maximo=300, falta=_l("Escriba el motivo.")),
)
RETIRO = Formulario("acto.retiro", Nada)

HojaDeGrupo = Annotated[Hoja[GrupoPedido], Depends(GRUPO)]
HojaDeFirma = Annotated[Hoja[Firma], Depends(FIRMA)]
HojaDeRechazo = Annotated[Hoja[RechazoDeActo], Depends(RECHAZO)]
HojaDeRetiro = Annotated[Hoja[Nada], Depends(RETIRO)]
