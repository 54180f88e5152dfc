"""Admission over a counter: once, by who works there, as it was weighed, at the price that was shown."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from moneyed import Money
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, func, select

from empresa_digital.registro import SinFacultad
from envios.admision.admitir import admitir
from envios.admision.consultas import admision_vigente, buscar_en_mostrador
from envios.admision.errores import PrecioDistinto, YaRecibido
from envios.admision.modelos import FilaDeAdmision
from envios.admision.precio import Pesada
from envios.eventos import Correccion, Fuente, MotivoCorreccion, corregir, eventos_de
from envios.eventos.nuevo import EventoNuevo
from envios.eventos.registrar_eventos import registrar_evento
from envios.items import EnvioNoEncontrado, EstadoEnvio
from envios.items.modelos import Envio
from envios.operadores.errores import NoTrabajaAqui
from envios.tarifas import Medidas, SinOferta
from envios.tarifas.modelos import Cotizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs, cero
from nucleo.modelos import Auditoria
from nucleo.reloj import ahora
from tests.ayudas.carreras import cruzar
from tests.envios.admision.conftest import POTOSI, Correo

MEDIO_KILO = Pesada(450)


def tomar(correo: Correo, envio: Envio, *medido: Any, quien: Any = None) -> FilaDeAdmision:
    with transaccion() as sesion:
        return _tomar(sesion, correo, envio, *medido, quien=quien)


def _tomar(
    sesion: Session,
    correo: Correo,
    envio: Envio,
    pesada: Pesada = MEDIO_KILO,
    visto: Money | None = None,
    *,
    quien: Any = None,
) -> FilaDeAdmision:
    actor = correo.actor(quien or correo.cartero)
    return admitir(sesion, actor, correo.potosi.id, envio.id, pesada, visto=visto or cero())


def filas(sesion: Session) -> int:
    sesion.rollback()
    return sesion.exec(select(func.count()).select_from(FilaDeAdmision)).one()


def test_lo_anunciado_sin_cotizacion_se_recibe_sin_cobrar(sesion: Session, correo: Correo) -> None:
    envio = correo.anunciar()
    hecha = tomar(correo, envio, Pesada(520, Medidas(30, 20, 10)))

    fila = sesion.get_one(FilaDeAdmision, hecha.id)
    assert (fila.declarado_g, fila.peso_g, fila.largo_cm, fila.ancho_cm, fila.alto_cm) == (
        450,
        520,
        30,
        20,
        10,
    )
    assert (fila.importe, fila.medio, fila.clase, fila.vuelta) == (cero(), "ninguno", "anunciado", 0)
    assert (fila.agencia_id, fila.admitido_por) == (correo.potosi.id, f"persona:{correo.cartero.id}")
    (evento,) = eventos_de(sesion, envio.id)
    assert (evento.id, evento.codigo, evento.agencia_id) == (fila.evento_id, "EMA", correo.potosi.id)
    assert (evento.lugar, evento.municipio_ine) == ("Agencia PT-01", POTOSI)
    assert sesion.get_one(Envio, envio.id).estado is EstadoEnvio.ADMITIDO
    actos = (
        select(Auditoria.accion).where(Auditoria.objeto_id == str(envio.id)).order_by(col(Auditoria.numero))
    )
    assert sesion.exec(actos).all() == ["envio.anunciar", "envio.evento", "envio.admitir"]


def test_lo_cotizado_se_cobra_como_pesa(sesion: Session, correo: Correo) -> None:
    envio = correo.anunciar(1_200, cotizado=True)  # Potosí to Uyuni: see the examples of the rates
    cotizado = sesion.exec(select(Cotizacion.total).where(Cotizacion.id == envio.cotizacion_id)).one()
    pesado = Pesada(2_300)
    with pytest.raises(PrecioDistinto) as distinto:
        tomar(correo, envio, pesado, cotizado)
    assert filas(sesion) == 0
    assert sesion.get_one(Envio, envio.id).estado is EstadoEnvio.ANUNCIADO
    medido = cotizado + bs("6.00")  # 1 step of half a kilo becomes 3
    assert f"Bs\u00a0{medido.amount:.2f}".replace(".", ",") in distinto.value.detalle

    hecha = tomar(correo, envio, pesado, medido)
    assert (hecha.importe, hecha.medio, hecha.cotizacion_id) == (medido, "efectivo", envio.cotizacion_id)
    assert hecha.entrega_el is not None


def test_la_segunda_vez_es_la_primera(sesion: Session, correo: Correo) -> None:
    envio = correo.anunciar()
    primera = tomar(correo, envio)
    segunda = tomar(correo, envio, Pesada(999))
    assert (segunda.id, segunda.peso_g) == (primera.id, 450)
    assert filas(sesion) == 1
    assert len(eventos_de(sesion, envio.id)) == 1


def test_dos_a_la_vez_reciben_uno(sesion: Session, correo: Correo) -> None:
    envio = correo.anunciar()
    hechas: list[UUID] = []

    def una(propia: Session, quien: Any) -> None:
        hechas.append(_tomar(propia, correo, envio, quien=quien).id)

    falla = cruzar(lambda s: una(s, correo.cartero), lambda s: una(s, correo.jefa))
    assert falla is None
    assert hechas[0] == hechas[1]
    assert filas(sesion) == 1
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA"]


def test_quien_no_trabaja_ahi_no_recibe(sesion: Session, correo: Correo) -> None:
    envio = correo.anunciar()
    with pytest.raises(NoTrabajaAqui):  # of another agency of the same operator
        tomar(correo, envio, quien=correo.otro)
    for quien in (correo.vendedora, correo.ana):
        with pytest.raises(SinFacultad):
            tomar(correo, envio, quien=quien)
    assert filas(sesion) == 0
    assert eventos_de(sesion, envio.id) == []


def test_lo_de_otro_operador_no_existe(sesion: Session, correo: Correo, crear_operador: Any) -> None:
    ajeno = crear_operador("Otra mensajería")
    envio = correo.anunciar(operador_unidad_id=ajeno.id)
    with pytest.raises(EnvioNoEncontrado):
        tomar(correo, envio)
    assert filas(sesion) == 0


def test_lo_que_ya_se_movio_no_se_recibe(sesion: Session, correo: Correo) -> None:
    envio = correo.anunciar()
    with transaccion() as propia:
        nuevo = EventoNuevo("EMC", envio.id)
        registrar_evento(propia, correo.actor(correo.cartero), envio.id, nuevo, Fuente.API)
    with pytest.raises(YaRecibido):
        tomar(correo, envio)
    assert filas(sesion) == 0


def test_lo_que_no_se_lleva_asi_no_se_recibe(sesion: Session, correo: Correo) -> None:
    envio = correo.anunciar(1_200, cotizado=True)
    with pytest.raises(SinOferta, match="Pesa demasiado: lleva hasta 30"):
        tomar(correo, envio, Pesada(30_001), bs(1))
    assert filas(sesion) == 0


def test_corregida_se_recibe_otra_vez(sesion: Session, correo: Correo) -> None:
    envio = correo.anunciar()
    primera = tomar(correo, envio)
    with transaccion() as propia:
        nueva = Correccion(MotivoCorreccion.NO_OCURRIO, primera.evento_id)
        corregir(propia, correo.actor(correo.cartero), correo.operador.id, nueva, Fuente.PAGINA)
    sesion.rollback()
    assert admision_vigente(sesion, sesion.get_one(Envio, envio.id)) is None
    segunda = tomar(correo, envio, Pesada(700))
    assert (segunda.vuelta, segunda.peso_g) == (1, 700)
    assert segunda.id != primera.id
    sesion.rollback()
    vigente = admision_vigente(sesion, sesion.get_one(Envio, envio.id))
    assert vigente is not None
    assert vigente.id == segunda.id


def test_la_base_no_admite_sin_su_evento(sesion: Session, correo: Correo) -> None:
    envio = correo.anunciar()
    otra = tomar(correo, correo.anunciar())
    copia = FilaDeAdmision(**(sesion.get_one(FilaDeAdmision, otra.id).model_dump(exclude={"id"})))
    copia.envio_id = envio.id
    sesion.add(copia)
    with pytest.raises(DBAPIError, match="evento EMA de su envío"):
        sesion.flush()


def test_la_cotizacion_vencida_se_cobra_al_precio_de_hoy(sesion: Session, correo: Correo, reloj: Any) -> None:
    envio = correo.anunciar(1_200, cotizado=True)
    vieja = sesion.get_one(Cotizacion, envio.cotizacion_id)
    reloj.adelantar(timedelta(days=8))
    hecha = tomar(correo, envio, Pesada(1_200), vieja.total)
    assert hecha.importe == vieja.total
    assert hecha.cotizacion_id != vieja.id
    nueva = sesion.get_one(Cotizacion, hecha.cotizacion_id)
    assert (nueva.peso_g, nueva.servicio, nueva.vence_en > ahora()) == (1_200, "ordinario", True)


@pytest.mark.parametrize(
    "escrito",
    [
        "{numero}",
        "{legible}",
        "https://qhatu.example/seguimiento/{numero}",
        "ze\0non",
        "MAMANI",
        "{telefono}",
    ],
)
def test_se_busca_como_sea(sesion: Session, correo: Correo, escrito: str, duenio: Engine) -> None:
    from envios import s10

    with duenio.begin() as conexion:
        conexion.execute(
            text("UPDATE registro_unidad SET telefono = '+59171234567' WHERE id = :id"),
            {"id": correo.tienda_id},
        )
    envio = correo.anunciar()
    correo.anunciar(destinatario_nombre="Otra Persona", operador_unidad_id=correo.operador.id)
    dicho = escrito.format(
        numero=envio.numero, legible=s10.leer_numero(envio.numero).legible.lower(), telefono="712 34567"
    )
    hallados = buscar_en_mostrador(sesion, correo.operador.id, POTOSI, dicho)
    assert envio.id in {e.id for e in hallados}
    assert len(hallados) == (2 if escrito == "{telefono}" else 1)
    assert buscar_en_mostrador(sesion, correo.tienda_id, POTOSI, dicho) == []
    tomar(correo, envio)
    sesion.rollback()
    quedan = {e.id for e in buscar_en_mostrador(sesion, correo.operador.id, POTOSI, dicho)}
    assert (envio.id in quedan) == ("{numero}" in escrito or "{legible}" in escrito)


def test_con_pocas_letras_o_comodines_no_se_lista_todo(sesion: Session, correo: Correo) -> None:
    correo.anunciar()
    for escrito in ("a", "%%%", "___", "\\\\\\", "   "):
        assert buscar_en_mostrador(sesion, correo.operador.id, POTOSI, escrito) == []


def test_la_constancia_calla_como_llegar_cuando_ya_nadie_reclama(
    correo: Correo, sesion_web: Any, reloj: Any
) -> None:
    """Of what was sent for an order; its operator keeps what it carried, and who sent it, to whom."""
    envio = correo.anunciar(referencia_tipo="pedido", referencia_id=uuid4(), referencia_numero="P-1")
    tomar(correo, envio)
    with transaccion() as sesion:
        codigo = sesion.get_one(Envio, envio.id).codigo_entrega
        entrega = EventoNuevo("EMI", envio.id, codigo_entrega=codigo)
        hecho = registrar_evento(sesion, correo.actor(correo.cartero), envio.id, entrega, Fuente.API)
        assert hecho.error is None
    ruta = f"/envios/{envio.id}/constancia"
    for espera, de_quien_envia in ((timedelta(days=32), True), (timedelta(days=200), False)):
        reloj.adelantar(espera)
        for quien, se_ve in ((correo.vendedora, de_quien_envia), (correo.cartero, True)):
            navegador = sesion_web(quien)
            pagina = navegador.get(ruta)
            assert (pagina.status_code, "Zenón Mamani" in pagina.text) == (200, True)
            assert ("Frente al mercado" in pagina.text) is se_ve
            assert navegador.get(f"{ruta}.pdf").status_code == 200
