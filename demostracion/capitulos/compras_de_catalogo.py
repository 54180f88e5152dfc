"""A municipality buys from the catalogue: one purchase that was received by whom it named, and paid; one that
waits for another person."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from comercio.busqueda import Filtros
from comercio.evidencias import congelar_busqueda
from comercio.formas import FormaDeEntrega
from comercio.sostenidas import OfertaPedida, pedir_oferta, responder_oferta
from demostracion.capitulos.comercio import LA_PAZ, PLAZA, Historia, pasos_de
from demostracion.capitulos.comercio_trato import ENTIDAD, SOSTENIDA
from demostracion.elenco import ETIQUETA, actor, id_de_persona, id_de_unidad, persona
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import Facultad, NuevoMandato, mandatos
from feria_inversa import (
    CertificacionEntrada,
    CompraPedida,
    Nombramiento,
    PagoDeCompra,
    Papel,
    aprobar_del_catalogo,
    conformar_del_catalogo,
    designar_en_entidad,
    pagar_del_catalogo,
    pedir_del_catalogo,
    registrar_certificacion,
)
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.reloj import ahora_bd, fecha_bolivia

APRUEBA, RECIBE, VENDE = "gobernacion", "ana", "tejidos"
COMPRADA = Historia(19.5, ENTIDAD, (("TEJ-06", 10),), LA_PAZ, PLAZA, "historia:entrega")
PENDIENTE = id_demo("compra_de_catalogo:lluchus")
BUSQUEDA, OFERTA = (id_demo(f"compra_de_catalogo:{x}") for x in ("busqueda", "oferta"))
REFERENCIA = "Almacén municipal, puerta azul"


@capitulo("feria_inversa.catalogo")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    hoy = epoca.hoy
    if hoy - timedelta(days=38) < epoca.inicio:
        return  # what it buys was not there yet

    def hace(dias: float, nombre: str, hacer: Callable[[Session], object]) -> Paso:
        return Paso(hoy - timedelta(days=dias), nombre, hacer)

    yield hace(20.5, "congela y pide", _congela)
    yield hace(20, "le sostienen", _le_sostienen)
    yield hace(COMPRADA.hace_dias, "certifica y pide la compra", _compra)
    _sola, *despues = pasos_de(COMPRADA, hoy - timedelta(days=COMPRADA.hace_dias))
    yield from despues
    conforme = max(paso.cuando for paso in despues) + timedelta(hours=20)
    yield hace(19, "nombra a quien recibe", _nombra)
    yield Paso(conforme, "conforme y pagada", _conforme)
    yield hace(0.25, "pide otra compra", _otra)


def _congela(sesion: Session) -> None:
    producto = id_demo("producto:TEJ-06")
    compra, entidad = actor(sesion, ENTIDAD), id_de_unidad(ENTIDAD)
    congelar_busqueda(
        sesion, compra, entidad, Filtros("gorro alpaca"), "Abrigo para el albergue", producto, BUSQUEDA
    )
    pedida = OfertaPedida(
        unidad_id=entidad, producto_id=producto, cantidad=Decimal(10), dias=10, busqueda_id=BUSQUEDA
    )
    pedir_oferta(sesion, compra, pedida, OFERTA)


def _le_sostienen(sesion: Session) -> None:
    responder_oferta(sesion, actor(sesion, VENDE), OFERTA, sostener=True)


def _compra(sesion: Session) -> None:
    certificacion = _certificar(sesion, "0388", "2000.00", "Abrigo para el albergue")
    _pedir(sesion, COMPRADA.compra_id, OFERTA, certificacion, "Gorros de dormir para el albergue")
    aprobar_del_catalogo(sesion, actor(sesion, APRUEBA), COMPRADA.compra_id)


def _nombra(sesion: Session) -> None:
    """Who asked for it and who approved it do not receive it: somebody else does, this and what follows."""
    quien, alcaldia, recibe = actor(sesion, ENTIDAD), id_de_unidad(ENTIDAD), id_de_persona(RECIBE)
    nuevo = NuevoMandato(
        (Facultad.CONSULTAR, Facultad.COMPRAR),
        persona_id=recibe,
        documento=f"Contrato eventual 12/2026 {ETIQUETA}",
    )
    dado = mandatos.otorgar_mandato(sesion, quien, alcaldia, nuevo)
    mandatos.aceptar_mandato(sesion, actor(sesion, RECIBE), dado.id)
    nombra = Nombramiento(Papel.RECIBE_COMPRAS, recibe, "Memorándum 31")
    designar_en_entidad(sesion, quien, alcaldia, nombra)


def _conforme(sesion: Session) -> None:
    compra = actor(sesion, ENTIDAD)
    conformar_del_catalogo(sesion, actor(sesion, RECIBE), COMPRADA.compra_id)
    pagar_del_catalogo(sesion, compra, COMPRADA.compra_id, PagoDeCompra(medio="libro"))


def _otra(sesion: Session) -> None:
    certificacion = _certificar(sesion, "0412", "5000.00", "Abrigo para niñas y niños")
    _pedir(sesion, PENDIENTE, SOSTENIDA, certificacion, "Gorros para el albergue de niñas y niños")


def _certificar(sesion: Session, numero: str, monto: str, concepto: str) -> UUID:
    """In the same step as what is bought with it: no year ends between them."""
    id = id_demo(f"certificacion:{numero}")
    datos = CertificacionEntrada(
        ejecutora="00",
        numero=numero,
        fecha=fecha_bolivia(ahora_bd(sesion)),
        monto=bs(monto),
        objeto="33300",
        fuente="41",
        organismo="113",
        concepto=concepto,
    )
    registrar_certificacion(sesion, actor(sesion, ENTIDAD), id_de_unidad(ENTIDAD), datos, id)
    return id


def _pedir(sesion: Session, id: UUID, oferta_id: UUID, certificacion_id: UUID, para_que: str) -> None:
    recibe = persona(sesion, ENTIDAD)
    pedida = CompraPedida(
        oferta_id=oferta_id,
        certificacion_id=certificacion_id,
        para_que=para_que,
        forma=FormaDeEntrega.CORREO,
        destinatario=recibe.nombre_completo,
        telefono=recibe.celular or "70000000",
        municipio_ine=LA_PAZ,
        referencia=REFERENCIA,
    )
    pedir_del_catalogo(sesion, actor(sesion, ENTIDAD), id_de_unidad(ENTIDAD), pedida, id)
