"""Demonstration data of firms: a commission, withdrawals in every state, and batches paid and waiting."""

from sqlmodel import Session

from ciudadania import actor_de_persona, obtener_persona
from empresa_digital.registro import exigir_regulador
from nucleo.actor import Actor
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.paginacion import CursorPedido
from pagos import cuenta_de_unidad, planillas, retiros
from pagos.supervision import agregar_comision

ETIQUETA = "(demostración)"
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
# document, name, amount, reason; the last amount is above what a person may receive: its line says why
JORNALES = (
    ("9000006-1A", f"Celia Prueba {ETIQUETA}", "180,00", "Refrigerio del taller"),
    ("9000007", f"Mario Prueba {ETIQUETA}", "420,50", "Arreglo de bancas"),
    ("9000008", f"Quintina Prueba {ETIQUETA}", "2.150,00", "Desayuno escolar"),
)
BONOS = (
    ("9000010", f"Paula Prueba {ETIQUETA}", "95,00", "Papelería de la feria"),
    ("9000009", f"Félix Prueba {ETIQUETA}", "310,00", "Ferretería de la feria"),
)


def sembrar(sesion: Session) -> None:
    """A municipality that withdraws and pays in batches (idempotent)."""
    if retiros.retiros_de(sesion, _actor(sesion, PREPARA), CursorPedido(None, 1))[0]:
        return
    regulador = _actor(sesion, "regulador")
    agregar_comision(
        sesion,
        exigir_regulador(sesion, regulador),
        operacion="retiro",
        tasa_pb=50,
        fijo=None,
        minimo=bs(1),
        maximo=bs(15),
        impuesto_pb=1300,
        vigente_desde=None,
        norma=f"Valor de demostración: 0,50 % del retiro, mínimo Bs 1, máximo Bs 15; IVA incluido {ETIQUETA}",
    )
    _retirar(sesion, regulador)
    _pagar_planillas(sesion)


def _actor(sesion: Session, clave: str) -> Actor:
    return actor_de_persona(obtener_persona(sesion, id_demo(f"persona:{clave}")))


def _retirar(sesion: Session, regulador: Actor) -> None:
    cuenta, alberto = cuenta_de_unidad(sesion, id_demo(f"unidad:{UNIDAD}")), _actor(sesion, PREPARA)

    def pedir(nombre: str, monto: str) -> None:
        datos = retiros.DatosDeRetiro(cuenta_id=cuenta, monto=bs(monto), **CUENTA_DE_BANCO)
        retiros.pedir(sesion, alberto, id_demo(f"retiro:{nombre}"), datos)

    for nombre, monto, _dice in RETIROS:
        pedir(nombre, monto)
    retiros.exportar_lote(sesion, regulador)
    for nombre, _monto, dice in RETIROS:
        if dice is not None:
            motivo = "" if dice else "La cuenta no existe en ese banco."
            retiros.resolver(sesion, regulador, id_demo(f"retiro:{nombre}"), pagado=dice, motivo=motivo)
    pedir(*POR_ENVIAR)


def _pagar_planillas(sesion: Session) -> None:
    prepara, aprueba = _actor(sesion, PREPARA), _actor(sesion, APRUEBA)
    for nombre, lineas, pagar in (
        ("Jornales de octubre", JORNALES, True),
        ("Compras de la feria", BONOS, False),
    ):
        archivo = "\n".join(["documento;nombre;monto;glosa", *(";".join(linea) for linea in lineas)])
        id = id_demo(f"planilla:{nombre}")
        planillas.preparar(
            sesion,
            prepara,
            id=id,
            unidad_id=id_demo(f"unidad:{UNIDAD}"),
            nombre=f"{nombre} {ETIQUETA}",
            contenido=archivo.encode(),
        )
        planillas.presentar(sesion, prepara, id)
        if pagar:
            planillas.aprobar(sesion, aprueba, id)
