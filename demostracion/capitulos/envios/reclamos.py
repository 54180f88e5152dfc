"""Parcels of the weavers that went wrong with the post, and where each claim is today; the service levels.

Each is told whole: announced, carried, claimed, answered. `_HISTORIAS` says how many days ago each thing was.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session

from demostracion.elenco import ETIQUETA, actor, caja, id_de_persona, id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import Facultad, exigir_facultad, parte_de_persona, parte_de_unidad
from envios import avanzar_demo, crear_envio, envio_por_referencia
from envios.niveles import LOTE, calcular_lote
from envios.reclamos import (
    ClaseReclamo,
    aceptar_reclamo,
    escribir_en_reclamo,
    impugnar_reclamo,
    presentar_reclamo,
    rechazar_reclamo,
    resolver_reclamo,
    vencer_reclamo,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.reloj import ahora_bd
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_sistema,
    exigir_transferencia,
)

VENDE, LLEVA, DECIDE = "tejidos", "correos", "regulador"
SUCRE = "010101"
_REFERENCIA = "demostracion"
PAQUETES = 30


@dataclass(frozen=True, slots=True)
class Historia:
    """A parcel and its claim. `viaje` is how far it went; `actos` what was done, and how many days ago."""

    clave: str
    hace: int
    viaje: tuple[str, str]
    clase: ClaseReclamo
    pedido: str
    relato: str
    reclama: int
    actos: tuple[tuple[int, str], ...]

    @property
    def reclamo_id(self) -> UUID:
        return id_demo(f"reclamo:{self.clave}")

    @property
    def referencia_id(self) -> UUID:
        return id_demo(f"envio-reclamado:{self.clave}")


_ENTREGADO = ("entrega", "fin")
_HISTORIAS = (
    Historia(
        "silencio",
        75,
        _ENTREGADO,
        ClaseReclamo.DANO,
        "120",
        "La caja llegó aplastada y dos chompas estaban mojadas.",
        66,
        ((41, "fondos"), (40, "vencer")),
    ),
    Historia(
        "resuelto",
        64,
        _ENTREGADO,
        ClaseReclamo.DANO,
        "180",
        "El aguayo llegó con una quemadura de un lado a otro.",
        56,
        ((54, "mensaje"), (50, "ofrecer"), (47, "impugnar"), (33, "resolver")),
    ),
    Historia(
        "perdido-y-pagado",
        70,
        ("entrega", "EMC"),
        ClaseReclamo.PERDIDA,
        "280",
        "Salió de La Paz hace más de un mes y nadie sabe dónde está.",
        35,
        ((34, "mensaje"), (30, "aceptar")),
    ),
    Historia(
        "perdido",
        52,
        ("entrega", "EMC"),
        ClaseReclamo.PERDIDA,
        "350",
        "Salió de La Paz y nunca llegó a Sucre.",
        15,
        ((12, "mensaje"),),
    ),
    Historia(
        "ante-la-autoridad",
        34,
        _ENTREGADO,
        ClaseReclamo.PERDIDA_PARCIAL,
        "90",
        "Faltaban dos de las cinco chalinas; la caja venía abierta.",
        26,
        ((19, "rechazar"), (11, "impugnar")),
    ),
    Historia(
        "con-oferta",
        23,
        _ENTREGADO,
        ClaseReclamo.DANO,
        "140",
        "El sombrero llegó roto.",
        13,
        ((6, "ofrecer"),),
    ),
    Historia(
        "nuevo",
        10,
        _ENTREGADO,
        ClaseReclamo.PERDIDA_PARCIAL,
        "60",
        "La bolsa venía cerrada con otra cinta y falta una gorra.",
        2,
        (),
    ),
)


@capitulo("envios.reclamos")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    for h in _HISTORIAS:
        if epoca.hoy - timedelta(days=h.hace) < epoca.inicio + timedelta(days=10):
            continue  # the weavers were not there yet
        yield _paso(epoca, h, h.hace, "anuncia", partial(_anunciar, historia=h))
        yield _paso(epoca, h, h.hace - 4, "viaja", partial(_viajar, historia=h))
        yield _paso(epoca, h, h.reclama, "reclama", partial(_reclamar, historia=h))
        for dia, acto in h.actos:
            yield _paso(epoca, h, dia, acto, partial(_ACTOS[acto], historia=h))
    yield from _mensajes_del_oriente(epoca)
    yield Paso(epoca.hoy, "niveles", _medir)


def _mensajes_del_oriente(epoca: Epoca) -> Iterator[Paso]:
    """What the weavers send to three cities with the other operator, which promises a day: some in time."""
    azar = epoca.azar("envios.niveles")
    for n in range(PAQUETES):
        cuando = epoca.hoy - timedelta(days=82 - n * 2.6, hours=azar.randrange(6))
        if cuando < epoca.inicio + timedelta(days=10):
            continue
        tarda_h = azar.choice((20, 22, 26, 50, 50, 75))
        cuento = "segundo_intento" if tarda_h > 70 else "entrega"
        destino = azar.choice(("070101", "070101", "030101"))
        clave = f"oriente {n}"
        yield Paso(cuando, f"{clave}: anuncia", partial(_mandar, clave=clave, destino=destino))
        llega = cuando + timedelta(hours=tarda_h)
        yield Paso(llega, f"{clave}: llega", partial(_llegar, clave=clave, cuento=cuento, tarda_h=tarda_h))


def _mandar(sesion: Session, clave: str, destino: str) -> None:
    _crear(sesion, id_demo(clave), "mensajeria", destino)


def _llegar(sesion: Session, clave: str, cuento: str, tarda_h: float) -> None:
    envio = envio_por_referencia(sesion, _REFERENCIA, id_demo(clave))
    assert envio is not None
    inicio = ahora_bd(sesion) - timedelta(hours=tarda_h - 1)
    avanzar_demo(sesion, envio.id, "fin", historia=cuento, inicio=inicio)


def _paso(epoca: Epoca, h: Historia, hace: int, que: str, hacer: Callable[[Session], object]) -> Paso:
    return Paso(epoca.hoy - timedelta(days=hace), f"{h.clave}: {que}", hacer)


def _anunciar(sesion: Session, historia: Historia) -> None:
    _crear(sesion, historia.referencia_id, LLEVA, SUCRE)


def _crear(sesion: Session, referencia_id: UUID, operador: str, destino: str) -> None:
    unidad = id_de_unidad(VENDE)
    crear_envio(
        sesion,
        exigir_facultad(sesion, actor(sesion, VENDE), unidad, Facultad.VENDER),
        remitente_parte_id=parte_de_unidad(sesion, unidad).id,
        destinatario_parte_id=parte_de_persona(sesion, id_de_persona("luis")).id,
        destinatario_nombre=f"Luis Prueba {ETIQUETA}",
        destinatario_telefono="+59170000012",
        destino_municipio_ine=destino,
        destino_referencia="Frente al mercado campesino",
        operador_unidad_id=id_de_unidad(operador),
        referencia_tipo=_REFERENCIA,
        referencia_id=referencia_id,
        peso_g=900,
        contenido="Prendas tejidas",
    )


def _envio(sesion: Session, historia: Historia) -> UUID:
    envio = envio_por_referencia(sesion, _REFERENCIA, historia.referencia_id)
    assert envio is not None
    return envio.id


def _viajar(sesion: Session, historia: Historia) -> None:
    cuento, hasta = historia.viaje
    inicio = ahora_bd(sesion) - timedelta(days=4) + timedelta(hours=5)
    avanzar_demo(sesion, _envio(sesion, historia), hasta, historia=cuento, inicio=inicio)


def _reclamar(sesion: Session, historia: Historia) -> None:
    presentar_reclamo(
        sesion,
        actor(sesion, VENDE),
        _envio(sesion, historia),
        historia.clase,
        relato=historia.relato,
        pedido=bs(historia.pedido),
        id=historia.reclamo_id,
    )


def _escribir(sesion: Session, historia: Historia) -> None:
    texto = "Pedimos a la oficina de Sucre que busque la caja y las fotos de la entrega."
    escribir_en_reclamo(sesion, actor(sesion, LLEVA), historia.reclamo_id, texto)


def _aceptar(sesion: Session, historia: Historia) -> None:
    texto = "La saca se abrió en el camino y la caja no aparece: pagamos lo que valía."
    aceptar_reclamo(sesion, actor(sesion, LLEVA), historia.reclamo_id, texto)


def _ofrecer(sesion: Session, historia: Historia) -> None:
    texto = "El empaque era delgado: ofrecemos una parte."
    rechazar_reclamo(sesion, actor(sesion, LLEVA), historia.reclamo_id, texto, bs(50))


def _rechazar(sesion: Session, historia: Historia) -> None:
    texto = "Quien recibió firmó sin observar nada."
    rechazar_reclamo(sesion, actor(sesion, LLEVA), historia.reclamo_id, texto)


def _impugnar(sesion: Session, historia: Historia) -> None:
    texto = "El empaque es el que ellos mismos venden, y hay fotos de cuando se entregó."
    impugnar_reclamo(sesion, actor(sesion, VENDE), historia.reclamo_id, texto)


def _resolver(sesion: Session, historia: Historia) -> None:
    texto = "El operador no probó que el empaque fuera insuficiente: responde por el daño."
    resolver_reclamo(
        sesion, actor(sesion, DECIDE), historia.reclamo_id, motivos=texto, contenido=bs(historia.pedido)
    )


def _vencer(sesion: Session, historia: Historia) -> None:
    vencido = vencer_reclamo(sesion, historia.reclamo_id)
    assert vencido


def _fondos(sesion: Session, historia: Historia) -> None:
    """What the post has in its account to answer with: fictitious money, as everybody's here."""
    abono = SolicitudTransferencia(
        id=id_demo(f"fondos:{historia.clave}"),
        codigo=Codigo.AJUSTE,
        debito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
        credito=caja(sesion, LLEVA),
        monto=bs(900),
    )
    exigir_transferencia(sesion, abono, Autorizacion.propia(Actor.sistema("datos de demostración")))


_ACTOS: dict[str, Callable[..., None]] = {
    "mensaje": _escribir,
    "aceptar": _aceptar,
    "ofrecer": _ofrecer,
    "rechazar": _rechazar,
    "impugnar": _impugnar,
    "resolver": _resolver,
    "vencer": _vencer,
    "fondos": _fondos,
}


def _medir(sesion: Session) -> None:
    while calcular_lote(sesion) == LOTE:
        pass
