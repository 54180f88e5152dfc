"""The forms of the bank's files: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l
from pagos.banco.camt import BYTES_MAXIMOS
from pagos.banco.decidir import MOTIVO_MAXIMO
from pagos.banco.errores import ArchivoDeBancoInvalido
from pagos.banco.esquemas import NuevaDecision
from pagos.banco.palabras import ACCIONES

ARCHIVO = Formulario(
    "banco.archivo",
    Nada,
    campos.archivo(
        "archivo",
        _l("Extracto o aviso del banco (camt.053 o camt.054)"),
        bytes_maximos=BYTES_MAXIMOS,
        falta=_l("Elija el archivo que le dio el banco."),
        acepta=".xml,.camt,application/xml",
    ),
    lugares={ArchivoDeBancoInvalido.codigo: "archivo"},
)
DECISION = Formulario(
    "banco.decision",
    NuevaDecision,
    campos.opciones("accion", _l("¿Qué es este movimiento?"), opciones=ACCIONES.items),
    campos.seleccion(
        "retiro", _l("¿De qué retiro?"), opcional=True, falta=_l("Elija de qué retiro se trata.")
    ),
    campos.area("motivo", _l("¿Por qué?"), maximo=MOTIVO_MAXIMO, falta=_l("Escriba por qué lo decide.")),
    guardable=False,
)

HojaDeArchivo = Annotated[Hoja[Nada], Depends(ARCHIVO)]
HojaDeDecision = Annotated[Hoja[NuevaDecision], Depends(DECISION)]
