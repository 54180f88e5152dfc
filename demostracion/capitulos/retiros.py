"""Demonstration data of firms: a commission, withdrawals in every state, and batches paid and waiting."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from demostracion.elenco import ETIQUETA, actor, caja, id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from nucleo.dinero import bs
from nucleo.ids import id_demo
from pagos import planillas, retiros
from pagos.libro import exigir_supervisor
from pagos.supervision import agregar_comision

UNIDAD = "alcaldia"
PREPARA, APRUEBA = "alcaldia", "gobernacion"
CUENTA_DE_BANCO = {
    "banco": "UNION",
    "numero_cuenta": "10000012345678",
    "titular": f"GAM Villa Prueba {ETIQUETA}",
}
# name, amount, what the bank says (none: still in the bank; the last one is not sent yet)
RETIROS = (("llego", "1500.00", True), ("rebotado", "320.00", False), ("en_banco", "800.00", None))
POR_ENVIAR = ("por_enviar", "250.00")
Lineas = tuple[tuple[str, str, str, str], ...]
# document, name, amount, reason; the last amount is above what a person may receive: its line says why
JORNALES: Lineas = (
    ("9000006-1A", f"Celia Prueba {ETIQUETA}", "180,00", "Refrigerio del taller"),
    ("9000007", f"Mario Prueba {ETIQUETA}", "420,50", "Arreglo de bancas"),
    ("9000008", f"Quintina Prueba {ETIQUETA}", "2.150,00", "Desayuno escolar"),
)
BONOS: Lineas = (
    ("9000010", f"Paula Prueba {ETIQUETA}", "95,00", "Papelería de la feria"),
    ("9000009", f"Félix Prueba {ETIQUETA}", "310,00", "Ferretería de la feria"),
)
# days ago, name, lines, whether it was paid the day after
PLANILLAS = ((12, "Jornales de octubre", JORNALES, True), (0.7, "Compras de la feria", BONOS, False))


@capitulo("pagos.empresas")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """A municipality that withdraws and pays in batches."""

    def hace(dias: float) -> datetime:
        return epoca.hoy - timedelta(days=dias)

    yield Paso(hace(40), "comisión", _agregar_comision)
    for numero, (nombre, monto, _dice) in enumerate(RETIROS):
        yield Paso(hace(9 - numero / 2), nombre, partial(_pedir, nombre=nombre, monto=monto))
    yield Paso(hace(7), "lote", lambda sesion: retiros.exportar_lote(sesion, actor(sesion, "regulador")))
    for nombre, _monto, dice in RETIROS:
        if dice is not None:
            yield Paso(hace(5), f"{nombre}: el banco", partial(_resolver, nombre=nombre, pagado=dice))
    nombre, monto = POR_ENVIAR
    yield Paso(hace(0.4), nombre, partial(_pedir, nombre=nombre, monto=monto))
    for dias, nombre, lineas, pagar in PLANILLAS:
        yield Paso(hace(dias), nombre, partial(_preparar, nombre=nombre, lineas=lineas))
        if pagar:
            yield Paso(hace(dias - 1), f"{nombre}: pago", partial(_aprobar, nombre=nombre))


def _agregar_comision(sesion: Session) -> None:
    agregar_comision(
        sesion,
        exigir_supervisor(sesion, actor(sesion, "regulador")),
        operacion="retiro",
        tasa_pb=50,
        fijo=None,
        minimo=bs(1),
        maximo=bs(15),
        impuesto_pb=1300,
        vigente_desde=None,
        norma=f"Valor de demostración: 0,50 % del retiro, mínimo Bs 1, máximo Bs 15; IVA incluido {ETIQUETA}",
    )


def _pedir(sesion: Session, nombre: str, monto: str) -> None:
    cuenta = caja(sesion, UNIDAD)
    datos = retiros.DatosDeRetiro(cuenta_id=cuenta, monto=bs(monto), **CUENTA_DE_BANCO)
    retiros.pedir(sesion, actor(sesion, PREPARA), id_demo(f"retiro:{nombre}"), datos)


def _resolver(sesion: Session, nombre: str, pagado: bool) -> None:
    motivo = "" if pagado else "La cuenta no existe en ese banco."
    regulador = actor(sesion, "regulador")
    retiros.resolver(sesion, regulador, id_demo(f"retiro:{nombre}"), pagado=pagado, motivo=motivo)


def _preparar(sesion: Session, nombre: str, lineas: Lineas) -> None:
    archivo = "\n".join(["documento;nombre;monto;glosa", *(";".join(linea) for linea in lineas)])
    planillas.preparar(
        sesion,
        actor(sesion, PREPARA),
        id=id_demo(f"planilla:{nombre}"),
        unidad_id=id_de_unidad(UNIDAD),
        nombre=f"{nombre} {ETIQUETA}",
        contenido=archivo.encode(),
    )
    planillas.presentar(sesion, actor(sesion, PREPARA), id_demo(f"planilla:{nombre}"))


def _aprobar(sesion: Session, nombre: str) -> None:
    planillas.aprobar(sesion, actor(sesion, APRUEBA), id_demo(f"planilla:{nombre}"))
