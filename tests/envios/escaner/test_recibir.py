"""What telephones send: each reading judged once, kept whatever becomes of it, two telephones by rule."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from ciudadania import Persona
from empresa_digital.registro import Facultad, SinFacultad
from envios.entrega.entregar import entregar
from envios.escaner.consultas import por_resolver
from envios.escaner.errores import EscaneoNoEncontrado, EscaneoTerminado, OtraPersona
from envios.escaner.esquemas import EscaneoPorSubir, Reloj, ResultadoEscaneo, Telefono
from envios.escaner.modelos import FilaDeEscaneo
from envios.escaner.presentar import leer_juzgados, leer_por_resolver
from envios.escaner.recibir import Juzgado, recibir
from envios.escaner.resolver import dejar_asi, deshacer
from envios.escaner.tareas import caducar
from envios.eventos.consultas import corregidos_de, eventos_de
from envios.items.consultas import envio_por_id
from envios.items.modelos import Envio
from nucleo.bd import transaccion
from nucleo.modelos import Auditoria
from nucleo.reloj import ahora, ahora_bd
from tests.envios.conftest import Reparto

BOLIVIA = timezone(timedelta(hours=-4))
R = ResultadoEscaneo


@dataclass
class UnTelefono:
    """One telephone of one worker; its clock is ahead of the server's by `adelanto`."""

    reparto: Reparto
    persona: Persona
    adelanto: timedelta = timedelta(0)
    id: UUID = field(default_factory=uuid4)

    def reloj(self, cuando: datetime) -> Reloj:
        return Reloj(ms=int((cuando + self.adelanto).timestamp() * 1000), zona_min=-240)

    def lee(self, envio: Envio | str, codigo: str, hace_min: float, **mas: Any) -> EscaneoPorSubir:
        numero = envio if isinstance(envio, str) else envio.numero
        cuando = self.reloj(ahora() - timedelta(minutes=hace_min))
        return EscaneoPorSubir(id=uuid4(), codigo=codigo, numero=numero, reloj=cuando, **mas)

    def envia(self, *escaneos: EscaneoPorSubir, **mas: Any) -> list[Juzgado]:
        with transaccion() as sesion:
            telefono = Telefono(
                **{
                    "persona_id": self.persona.id,
                    "operador_unidad_id": self.reparto.correos_id,
                    "dispositivo_id": self.id,
                    "enviado": self.reloj(ahora()),
                }
                | mas
            )
            return recibir(sesion, self.reparto.actor(self.persona), telefono, escaneos)

    def resultados(self, *escaneos: EscaneoPorSubir) -> list[str]:
        return [j.resultado for j in self.envia(*escaneos)]


@pytest.fixture
def otra(reparto: Reparto, crear_persona: Any, otorgar: Any) -> UnTelefono:
    persona = crear_persona("Otilia")
    otorgar(reparto.correos_id, persona, Facultad.DESPACHAR)
    return UnTelefono(reparto, persona)


@pytest.fixture
def suyo(reparto: Reparto) -> UnTelefono:
    return UnTelefono(reparto, reparto.cartero)


def anotados(sesion: Session, envio: Envio) -> list[tuple[str, datetime]]:
    """The events in force."""
    sesion.rollback()
    corregidos = corregidos_de(sesion, [envio.id])
    return [(e.codigo, e.ocurrido_en) for e in eventos_de(sesion, envio.id) if e.id not in corregidos]


def codigos(sesion: Session, envio: Envio) -> list[str]:
    return [codigo for codigo, _cuando in anotados(sesion, envio)]


def test_un_lote_enviado_dos_veces_y_a_la_vez(sesion: Session, reparto: Reparto, suyo: UnTelefono) -> None:
    envios = [reparto.enviar() for _ in range(3)]
    lote = [suyo.lee(e, "EMA", 60 - i) for i, e in enumerate(envios)]
    assert suyo.resultados(*lote) == [R.REGISTRADO] * 3
    assert suyo.resultados(*lote) == [R.REPETIDO] * 3
    otros = [suyo.lee(e, "EDG", 30) for e in envios]
    with ThreadPoolExecutor(4) as hilos:
        vistos = list(hilos.map(lambda _i: suyo.resultados(*otros), range(4)))
    assert sorted(r for unos in vistos for r in unos) == sorted([R.REGISTRADO] * 3 + [R.REPETIDO] * 9)
    for envio in envios:
        assert codigos(sesion, envio) == ["EMA", "EDG"]
    (fila,) = sesion.exec(select(FilaDeEscaneo).where(FilaDeEscaneo.id == lote[0].id))
    assert (fila.estado, fila.persona_id, fila.dispositivo_id) == ("registrado", suyo.persona.id, suyo.id)


def test_lo_rechazado_se_guarda_y_se_puede_enviar_corregido(
    sesion: Session, reparto: Reparto, suyo: UnTelefono
) -> None:
    envio = reparto.enviar()
    malo, sin_motivo = suyo.lee("RR473124829BO", "EMA", 9), suyo.lee(envio, "EMH", 8)
    assert suyo.resultados(malo, sin_motivo, suyo.lee(envio, "EMA", 10)) == [
        R.RECHAZADO,
        R.RECHAZADO,
        R.REGISTRADO,
    ]
    esperan = leer_por_resolver(sesion, suyo.persona.id)
    assert {(p.numero, p.que_hacer) for p in esperan} == {
        ("RR473124829BO", "No hay un envío con ese número."),
        (envio.numero, "Indique por qué no se entregó y qué se hará después."),
    }
    assert suyo.resultados(malo) == [R.RECHAZADO]
    otro = reparto.enviar()
    assert suyo.resultados(malo.model_copy(update={"numero": otro.numero})) == [R.REGISTRADO]
    assert codigos(sesion, otro) == ["EMA"]
    with transaccion() as otra_sesion:
        dejar_asi(otra_sesion, reparto.actor(suyo.persona), sin_motivo.id)
    sesion.rollback()
    assert por_resolver(sesion, suyo.persona.id) == []
    assert codigos(sesion, envio) == ["EMA"]


def test_la_cola_es_de_su_persona(
    sesion: Session, reparto: Reparto, suyo: UnTelefono, otra: UnTelefono
) -> None:
    envio = reparto.enviar()
    lectura = suyo.lee(envio, "EMA", 5)
    with pytest.raises(OtraPersona):
        otra.envia(lectura, persona_id=suyo.persona.id)
    ajeno = UnTelefono(reparto, reparto.ajeno)
    with pytest.raises(SinFacultad):
        ajeno.envia(ajeno.lee(envio, "EMA", 5))
    assert codigos(sesion, envio) == []
    assert sesion.exec(select(FilaDeEscaneo)).all() == []
    suyo.envia(lectura)
    (dicho,) = otra.envia(lectura)  # the id of somebody else's reading
    assert (dicho.resultado, dicho.fila) == (R.RECHAZADO, None)
    assert codigos(sesion, envio) == ["EMA"]
    assert sesion.get_one(FilaDeEscaneo, lectura.id).persona_id == suyo.persona.id
    for acto in (deshacer, dejar_asi):
        with pytest.raises(EscaneoNoEncontrado), transaccion() as otra_sesion:
            acto(otra_sesion, reparto.actor(otra.persona), lectura.id)
    assert codigos(sesion, envio) == ["EMA"]


@pytest.mark.parametrize("primero_llega", ["temprano", "tarde", "juntos"])
def test_el_mismo_paquete_en_dos_telefonos_cuenta_el_de_antes(
    sesion: Session, reparto: Reparto, suyo: UnTelefono, otra: UnTelefono, primero_llega: str
) -> None:
    envio = reparto.enviar()
    antes, despues = suyo.lee(envio, "EMG", 20), otra.lee(envio, "EMG", 14)
    if primero_llega == "temprano":
        assert suyo.resultados(antes) == [R.REGISTRADO]
        assert otra.resultados(despues) == [R.YA_ESTABA]
    elif primero_llega == "tarde":
        assert otra.resultados(despues) == [R.REGISTRADO]
        assert suyo.resultados(antes) == [R.REGISTRADO]
        assert otra.resultados(despues) == [R.YA_ESTABA]
    else:
        despues = suyo.lee(envio, "EMG", 14)
        assert suyo.resultados(despues, antes) == [R.YA_ESTABA, R.REGISTRADO]
    ((codigo, cuando),) = anotados(sesion, envio)
    assert (codigo, cuando) == ("EMG", antes.reloj.instante)
    filas = {f.id: f for f in sesion.exec(select(FilaDeEscaneo))}
    assert filas[antes.id].estado == "registrado"
    assert filas[despues.id].estado == "ya_estaba"
    assert filas[antes.id].evento_id == filas[despues.id].evento_id
    assert por_resolver(sesion, suyo.persona.id) == por_resolver(sesion, otra.persona.id) == []


def test_pasados_los_minutos_es_otro_evento(sesion: Session, reparto: Reparto, suyo: UnTelefono) -> None:
    envio = reparto.enviar()
    assert suyo.resultados(suyo.lee(envio, "EMG", 60), suyo.lee(envio, "EMG", 40)) == [R.REGISTRADO] * 2
    assert codigos(sesion, envio) == ["EMG", "EMG"]


def test_deshacer_corrige_y_el_otro_telefono_hereda(
    sesion: Session, reparto: Reparto, suyo: UnTelefono, otra: UnTelefono
) -> None:
    envio = reparto.enviar()
    mia, suya = suyo.lee(envio, "EDG", 20), otra.lee(envio, "EDG", 14)
    suyo.envia(mia)
    otra.envia(suya)
    for _ in range(2):  # as often as it is asked
        with transaccion() as otra_sesion:
            deshacer(otra_sesion, reparto.actor(suyo.persona), mia.id)
    assert anotados(sesion, envio) == [("EDG", suya.reloj.instante)]
    assert suyo.resultados(mia) == [R.REPETIDO]  # sent again, it stays undone
    with transaccion() as otra_sesion:
        deshacer(otra_sesion, reparto.actor(otra.persona), suya.id)
    assert anotados(sesion, envio) == []
    estados = {f.id: f.estado for f in sesion.exec(select(FilaDeEscaneo))}
    assert estados == {mia.id: "deshecho", suya.id: "deshecho"}
    actos = sesion.exec(select(Auditoria.accion).where(Auditoria.accion == "escaneo.deshacer")).all()
    assert len(actos) == 2


def test_dos_finales_de_la_misma_visita_se_guardan_y_se_muestran_a_los_dos(
    sesion: Session, reparto: Reparto, suyo: UnTelefono, otra: UnTelefono
) -> None:
    envio = reparto.enviar()
    with transaccion() as s:
        assert entregar(s, reparto.actor(reparto.cartero), envio.id, envio.codigo_entrega).error is None
    nadie = {"motivo": "destinatario_ausente", "accion": "nuevo_intento"}
    fallo = otra.lee(envio, "EMH", 3, **nadie)
    assert otra.resultados(fallo) == [R.REGISTRADO]
    assert codigos(sesion, envio) == ["EMH", "EMI"]
    assert envio_por_id(sesion, envio.id).estado == "entregado"  # the derivation decides
    (espera,) = leer_por_resolver(sesion, otra.persona.id)
    assert (espera.id, espera.rechazado) == (fallo.id, False)
    assert espera.que_hacer.startswith("Otro teléfono dice «Entregado» a las ")
    with transaccion() as otra_sesion:
        dejar_asi(otra_sesion, reparto.actor(otra.persona), fallo.id)
    sesion.rollback()
    assert leer_por_resolver(sesion, otra.persona.id) == []
    with pytest.raises(EscaneoTerminado), transaccion() as otra_sesion:
        dejar_asi(otra_sesion, reparto.actor(otra.persona), fallo.id)
    assert codigos(sesion, envio) == ["EMH", "EMI"]


def test_un_telefono_con_el_reloj_malo_se_corrige_y_se_guardan_los_dos(
    sesion: Session, reparto: Reparto
) -> None:
    envio, adelantado = reparto.enviar(), UnTelefono(reparto, reparto.cartero, timedelta(hours=3))
    lectura = adelantado.lee(envio, "EMA", 30)
    juzgados = adelantado.envia(lectura)
    fila = sesion.get_one(FilaDeEscaneo, lectura.id)
    assert fila.reloj_corregido
    assert fila.reloj_en == lectura.reloj.instante
    assert fila.desfase_ms is not None
    assert abs(fila.desfase_ms + 3 * 3600_000) < 5_000
    assert abs(fila.ocurrido_en - (lectura.reloj.instante - timedelta(hours=3))) < timedelta(seconds=5)
    ((_codigo, cuando),) = anotados(sesion, envio)
    assert cuando == fila.ocurrido_en
    dicho = leer_juzgados(sesion, juzgados, ahora_bd(sesion)).resultados[0]
    assert (
        dicho.detalle
        == f"El reloj del teléfono estaba mal: se anotó a las {cuando.astimezone(BOLIVIA):%H:%M}."
    )


def test_lo_que_nadie_resuelve_termina_con_el_tiempo(
    sesion: Session, reparto: Reparto, suyo: UnTelefono, reloj: Any
) -> None:
    suyo.envia(suyo.lee("RR473124829BO", "EMA", 9))
    assert caducar(sesion) == 0
    reloj.adelantar(timedelta(days=60, hours=1))
    with transaccion() as otra_sesion:
        assert caducar(otra_sesion) == 1
    sesion.rollback()
    assert por_resolver(sesion, suyo.persona.id) == []
