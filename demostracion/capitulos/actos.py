"""Demonstration of joint signature: a cooperative that pays with two of its three representatives."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from ciudadania import leer_cedula
from demostracion.elenco import ETIQUETA, actor, caja, id_de_unidad
from demostracion.personas import PERSONAS
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import Facultad, aceptar_mandato, acto_salida, firmar_acto
from empresa_digital.registro.actos import NuevoGrupo, otorgar_grupo
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.archivos import Recibido
from nucleo.dinero import bs
from nucleo.ids import id_demo
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_sistema,
    exigir_transferencia,
    planillas,
    retiros,
)

UNIDAD = "sal"
DUENIA, ENTRE = "quinua", ("cafe", "madera", "tejidos")
PROPONE, FIRMA = ENTRE[:2]
ZAFRA = (
    ("9000008", f"Quintina Prueba {ETIQUETA}", "640,00", "Raspado y secado"),
    ("9000012-2B", f"Luis Prueba {ETIQUETA}", "410,00", "Transporte a Uyuni"),
)


@capitulo("registro.actos")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """Its owner gives three people a joint mandate; two of them withdraw; a batch waits for the second
    signature.
    """
    yield Paso(epoca.hoy - timedelta(days=25), "mandato conjunto", _otorgar)
    yield Paso(epoca.hoy - timedelta(days=20), "ventas de sal", _ventas)
    yield Paso(epoca.hoy - timedelta(days=6), "retiro de dos", _retirar)
    yield Paso(epoca.hoy - timedelta(days=0.6), "planilla por firmar", _preparar)


def _otorgar(sesion: Session) -> None:
    nuevo = NuevoGrupo(
        facultades=(Facultad.CONSULTAR, Facultad.PAGAR),
        cedulas=tuple(leer_cedula(PERSONAS[p].ci, PERSONAS[p].complemento) for p in ENTRE),
        firmas=2,
        monto_limite=bs(20000),
        documento=f"Acta de asamblea 9/2026 {ETIQUETA}",
    )
    ofrecidos = otorgar_grupo(sesion, actor(sesion, DUENIA), id_de_unidad(UNIDAD), nuevo)
    for clave, mandato_id in zip(ENTRE, ofrecidos, strict=True):
        aceptar_mandato(sesion, actor(sesion, clave), mandato_id)


def _ventas(sesion: Session) -> None:
    venta = SolicitudTransferencia(
        id=id_demo("ventas:sal"),
        codigo=Codigo.AJUSTE,
        debito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
        credito=caja(sesion, UNIDAD),
        monto=bs("6500.00"),
    )
    exigir_transferencia(sesion, [venta], Actor.sistema("demostracion"))


def _retirar(sesion: Session) -> None:
    datos = retiros.DatosDeRetiro(
        cuenta_id=caja(sesion, UNIDAD),
        monto=bs("2000.00"),
        banco="UNION",
        numero_cuenta="10000045678901",
        titular=f"Cooperativa Salinera {ETIQUETA}",
    )
    hecho = retiros.pedir_o_proponer(sesion, actor(sesion, PROPONE), id_demo("retiro:sal"), datos)
    assert isinstance(hecho, Propuesto)
    firmar_acto(sesion, actor(sesion, FIRMA), hecho.id, acto_salida(sesion, hecho.id).huella)


def _preparar(sesion: Session) -> None:
    archivo = "\n".join(["documento;nombre;monto;glosa", *(";".join(linea) for linea in ZAFRA)])
    id = id_demo("planilla:zafra")
    planillas.preparar(
        sesion,
        actor(sesion, PROPONE),
        id=id,
        unidad_id=id_de_unidad(UNIDAD),
        nombre=f"Zafra de noviembre {ETIQUETA}",
        recibido=Recibido.de_bytes(archivo.encode()),
    )
    planillas.presentar(sesion, actor(sesion, PROPONE), id)
