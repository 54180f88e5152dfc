"""Deliveries made without network: the server judges their code, and none loses its proof."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from envios.entrega.modelos import PruebaDeEntrega
from envios.escaner.con_archivos import recibir_con_archivos
from envios.escaner.esquemas import EntregaEnLaPuerta, SubidaConArchivos
from envios.escaner.presentar import leer_juzgados
from envios.escaner.recibir import Juzgado
from envios.eventos.consultas import eventos_de, incidencias_abiertas
from envios.eventos.corregir import Correccion, corregir
from envios.eventos.errores import (
    EventoInvalido,
    EventoNoEncontrado,
    LoDijoQuienRecibe,
    SinEntregaProvisional,
)
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.nuevo import EventoNuevo, Fuente
from envios.eventos.provisional import responder_provisional
from envios.eventos.registrar_eventos import registrar_eventos
from envios.eventos.tareas import revisar_vencidos
from envios.eventos.verificar import items
from envios.items.codigo_entrega import FALLOS_MAXIMOS
from envios.items.consultas import envio_por_id
from envios.items.errores import EnvioNoEncontrado
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.reloj import ahora
from tests.envios.conftest import Reparto
from tests.envios.escaner.test_recibir import UnTelefono


def una_foto() -> bytes:
    salida = io.BytesIO()
    Image.new("RGB", (800, 600), (160, 30, 90)).save(salida, "JPEG")
    return salida.getvalue()


@pytest.fixture
def suyo(reparto: Reparto) -> UnTelefono:
    return UnTelefono(reparto, reparto.cartero)


def malo(envio: Envio) -> str:
    return "0000000" if envio.codigo_entrega != "0000000" else "1111117"


def entrega(
    telefono: UnTelefono,
    envio: Envio,
    codigo: str,
    *,
    hace_min: float = 30,
    foto: bytes | None = None,
    veces: int = 1,
) -> Juzgado:
    leida = telefono.lee(envio, "EMI", hace_min)
    subida = SubidaConArchivos(
        persona_id=telefono.persona.id,
        operador_unidad_id=telefono.reparto.correos_id,
        dispositivo_id=telefono.id,
        enviado=telefono.reloj(ahora()),
        escaneo=leida,
        entrega=EntregaEnLaPuerta(
            codigo_entrega=codigo,
            receptor_nombre="Luis Prueba",
            relacion="familiar",
            latitud="-16.5",
            longitud="-68.15",
        ),
    )
    for _ in range(veces):
        with transaccion() as sesion:
            hecha = recibir_con_archivos(
                sesion,
                telefono.reparto.actor(telefono.persona),
                subida,
                Recibido.de_bytes(foto, "foto.jpg") if foto else None,
                None,
            )
    return hecha


def clases(sesion: Session, envio: Envio) -> list[str]:
    sesion.rollback()
    return [i.clase for i in incidencias_abiertas(sesion, envio.id)]


def codigos(sesion: Session, envio: Envio) -> list[str]:
    sesion.rollback()
    return [e.codigo for e in eventos_de(sesion, envio.id)]


def estado(sesion: Session, envio: Envio) -> EstadoEnvio:
    sesion.rollback()
    return envio_por_id(sesion, envio.id).estado


def test_con_su_codigo_es_una_entrega_de_cuando_ocurrio(
    sesion: Session, reparto: Reparto, suyo: UnTelefono
) -> None:
    for codigo in ("entero", "de seis"):  # those given before had six digits
        envio = reparto.enviar()
        dicho = envio.codigo_entrega if codigo == "entero" else envio.codigo_entrega[:6]
        hecha = entrega(suyo, envio, dicho, foto=una_foto(), veces=2)
        assert hecha.resultado == "repetido"
        assert codigos(sesion, envio) == ["EMI"]
        fila = envio_por_id(sesion, envio.id)
        assert fila.estado is EstadoEnvio.ENTREGADO
        assert fila.entregado_en is not None
        assert abs(fila.entregado_en - (ahora() - timedelta(minutes=30))) < timedelta(seconds=10)
        (prueba,) = sesion.exec(select(PruebaDeEntrega).where(PruebaDeEntrega.envio_id == envio.id))
        assert (prueba.receptor_nombre, prueba.relacion, prueba.codigo_comprobado) == (
            "Luis Prueba",
            "familiar",
            True,
        )
        assert str(prueba.latitud) == "-16.500000"
    assert items(sesion) == []


def test_con_otro_codigo_queda_provisional_con_su_prueba_y_se_cuenta(
    sesion: Session, reparto: Reparto, suyo: UnTelefono
) -> None:
    envio = reparto.enviar()
    hecha = entrega(suyo, envio, malo(envio), foto=una_foto(), veces=3)
    assert hecha.fila is not None
    assert (hecha.resultado, hecha.fila.error_codigo, hecha.fila.detalle[:9]) == ("repetido", "", "El código")
    assert hecha.fila.detalle.startswith("El código no era el de este envío")
    with transaccion() as otra:
        (dicho,) = leer_juzgados(otra, [hecha], ahora()).resultados
    assert (dicho.codigo, dicho.por_confirmar) == ("EMI", True)
    assert codigos(sesion, envio) == ["QHEP"]
    assert clases(sesion, envio) == ["entrega_provisional"]
    fila = envio_por_id(sesion, envio.id)
    assert (fila.estado, fila.codigo_fallos) == (EstadoEnvio.EN_REPARTO, 1)  # sent three times, tried once
    (prueba,) = sesion.exec(select(PruebaDeEntrega))
    assert (prueba.codigo_comprobado, prueba.receptor_nombre) == (False, "Luis Prueba")
    assert items(sesion) == []


def test_sin_prueba_no_hay_entrega_provisional_y_nada_se_pierde(
    sesion: Session, reparto: Reparto, suyo: UnTelefono
) -> None:
    envio = reparto.enviar()
    hecha = entrega(suyo, envio, malo(envio))
    assert hecha.fila is not None
    assert (hecha.resultado, hecha.fila.error_codigo) == ("rechazado", "entrega_sin_prueba")
    assert codigos(sesion, envio) == []
    rota = entrega(suyo, envio, malo(envio), foto=b"no es una foto")
    assert rota.fila is not None
    assert (rota.resultado, rota.fila.error_codigo) == ("rechazado", "imagen_invalida")
    assert codigos(sesion, envio) == []
    assert envio_por_id(sesion, envio.id).codigo_fallos == 2
    buena = entrega(suyo, envio, envio.codigo_entrega, foto=b"no es una foto")  # its code is enough
    assert buena.resultado == "registrado"
    assert estado(sesion, envio) is EstadoEnvio.ENTREGADO


def test_un_codigo_bloqueado_no_pierde_la_prueba(sesion: Session, reparto: Reparto, suyo: UnTelefono) -> None:
    envio = reparto.enviar()
    for i in range(FALLOS_MAXIMOS):
        entrega(suyo, envio, malo(envio), foto=una_foto(), hace_min=100 - 15 * i)
    entrega(suyo, envio, envio.codigo_entrega, foto=una_foto(), hace_min=1)
    assert codigos(sesion, envio) == ["QHEP"] * 6
    assert envio_por_id(sesion, envio.id).codigo_fallos == FALLOS_MAXIMOS
    assert len(sesion.exec(select(PruebaDeEntrega)).all()) == 6
    assert clases(sesion, envio) == ["entrega_provisional"]


@pytest.fixture
def dicha(reparto: Reparto, suyo: UnTelefono) -> Envio:
    envio = reparto.enviar()
    entrega(suyo, envio, malo(envio), foto=una_foto())
    return envio


def responder(reparto: Reparto, envio: Envio, quien: Any, lo_tiene: bool) -> None:
    with transaccion() as sesion:
        responder_provisional(sesion, reparto.actor(quien), envio.id, lo_tiene=lo_tiene)


def test_quien_recibe_la_confirma(sesion: Session, reparto: Reparto, dicha: Envio) -> None:
    for otro in (reparto.vendedora, reparto.cartero, reparto.ajeno):
        with pytest.raises(EnvioNoEncontrado):
            responder(reparto, dicha, otro, True)
    assert codigos(sesion, dicha) == ["QHEP"]
    responder(reparto, dicha, reparto.ana, True)
    assert sorted(codigos(sesion, dicha)) == ["EMI", "QHEP"]
    assert estado(sesion, dicha) is EstadoEnvio.ENTREGADO
    assert clases(sesion, dicha) == []
    with pytest.raises(SinEntregaProvisional):
        responder(reparto, dicha, reparto.ana, False)
    assert items(sesion) == []


def test_quien_recibe_la_niega_y_el_plazo_no_la_entrega(
    sesion: Session, reparto: Reparto, dicha: Envio, reloj: Any
) -> None:
    responder(reparto, dicha, reparto.ana, False)
    assert estado(sesion, dicha) is EstadoEnvio.RETENIDO
    assert clases(sesion, dicha) == ["entrega_negada"]
    reloj.adelantar(timedelta(days=6))
    revisar_vencidos()
    assert estado(sesion, dicha) is EstadoEnvio.RETENIDO
    reloj.adelantar(timedelta(days=26))
    revisar_vencidos()
    assert estado(sesion, dicha) is EstadoEnvio.SIN_NOTICIAS


def test_si_nadie_la_niega_en_su_plazo_cuenta_como_entrega(
    sesion: Session, reparto: Reparto, dicha: Envio, reloj: Any
) -> None:
    reloj.adelantar(timedelta(days=4, hours=23))
    revisar_vencidos()
    assert codigos(sesion, dicha) == ["QHEP"]
    reloj.adelantar(timedelta(hours=2))
    for _ in range(2):
        revisar_vencidos()
    assert sorted(codigos(sesion, dicha)) == ["EMI", "QHEP"]
    assert estado(sesion, dicha) is EstadoEnvio.ENTREGADO
    assert clases(sesion, dicha) == []
    assert items(sesion) == []


def test_el_operador_la_corrige(sesion: Session, reparto: Reparto, dicha: Envio, reloj: Any) -> None:
    (evento,) = eventos_de(sesion, dicha.id)
    with transaccion() as otra:
        nueva = Correccion(MotivoCorreccion.NO_OCURRIO, evento.id)
        corregir(otra, reparto.actor(reparto.cartero), reparto.correos_id, nueva, Fuente.PAGINA)
    assert clases(sesion, dicha) == []
    reloj.adelantar(timedelta(days=6))
    revisar_vencidos()
    assert codigos(sesion, dicha) == ["QHEP"]
    assert estado(sesion, dicha) is EstadoEnvio.ANUNCIADO


@pytest.mark.parametrize("codigo", ["QHEP", "QHNR"])
def test_nadie_mas_dice_esos_codigos(
    sesion: Session, reparto: Reparto, codigo: str, suyo: UnTelefono
) -> None:
    envio = reparto.enviar()
    for fuente in (Fuente.API, Fuente.LOTE, Fuente.PAGINA):
        with transaccion() as otra:
            nuevo = EventoNuevo(codigo, envio.id, evento_cliente_id=str(uuid4()))
            (hecho,) = registrar_eventos(
                otra, reparto.actor(reparto.cartero), reparto.correos_id, [nuevo], fuente
            )
        assert isinstance(hecho.error, EventoInvalido)
    for otro in (codigo, "EMI"):  # nor by the list of the scanner
        (dicho,) = suyo.envia(suyo.lee(envio, otro, 3))
        assert dicho.fila is not None
        assert (dicho.resultado, dicho.fila.error_codigo) == ("rechazado", "no_se_lee")
    assert codigos(sesion, envio) == []
    assert envio_por_id(sesion, envio.id).codigo_fallos == 0


def test_nadie_calla_a_quien_recibe(
    sesion: Session, reparto: Reparto, dicha: Envio, reloj: Any, duenio: Any
) -> None:
    """Not by taking the ids of what they and time will say, nor by declaring it wrong, before or after."""
    (provisional,) = [e.id for e in eventos_de(sesion, dicha.id)]
    otro, operador, cartero = reparto.enviar(), reparto.correos_id, reparto.actor(reparto.cartero)
    for clave in (f"n:{provisional}", f"c:{provisional}"):
        with transaccion() as una:
            ajeno = EventoNuevo("EMA", otro.id, evento_cliente_id=clave)
            (hecho,) = registrar_eventos(una, cartero, operador, [ajeno], Fuente.API)
            assert isinstance(hecho.error, EventoInvalido)
        antes = Correccion(MotivoCorreccion.NO_OCURRIO, evento_cliente_id=clave)
        with pytest.raises(EventoNoEncontrado), transaccion() as una:
            corregir(una, cartero, operador, antes, Fuente.API)
    responder(reparto, dicha, reparto.ana, False)
    sesion.rollback()
    (negada,) = [e.id for e in eventos_de(sesion, dicha.id) if e.codigo == "QHNR"]
    with pytest.raises(LoDijoQuienRecibe), transaccion() as una:
        corregir(una, cartero, operador, Correccion(MotivoCorreccion.NO_OCURRIO, negada), Fuente.API)
    for clave in (f"n:{provisional}", f"c:{provisional}"):
        with pytest.raises(DBAPIError, match=r"quien recibe|plataforma"), duenio.begin() as base:
            base.execute(
                text(
                    "INSERT INTO envios_correccion (id, operador_unidad_id, evento_cliente_id, motivo, "
                    "fuente, registrado_por, recibido_en) "
                    "VALUES (gen_random_uuid(), :o, :c, 'no_ocurrio', 'api', 'x', now())"
                ),
                {"o": operador, "c": clave},
            )
    reloj.adelantar(timedelta(days=6))
    revisar_vencidos()
    assert estado(sesion, dicha) is EstadoEnvio.RETENIDO
    assert clases(sesion, dicha) == ["entrega_negada"]
    assert items(sesion) == []
