"""The second operator's system misbehaves on purpose: nothing it says is lost, doubled, guessed or hidden."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from demostracion.mensajeria import Falla, Mensajeria, Respuesta
from envios.eventos.consultas import eventos_de
from envios.eventos.verificar import items
from envios.integraciones.modelos import MensajeDeOperador
from envios.integraciones.recibir_mensajes import recibir_mensajes
from envios.integraciones.tareas import revisar_mensajes
from envios.integraciones.verificar import mensajes as verificar
from envios.items.modelos import Envio
from nucleo.bd import transaccion
from tests.ayudas.carreras import cruzar
from tests.envios.conftest import Reparto

VIAJE = ["EMA", "EMC", "EMD", "EDG", "EMH", "EDG", "EDH"]
RARO = "MOENDRONPR"
TURNOS_H = (0, 4, 21, 25, 28, 49, 53, 60)
FALLA_HASTA_H = 25
POR_VIAJE = len(VIAJE) * 2


@dataclass
class Afuera:
    """The operator's system, the parcels it was given, and the clock of both."""

    servicio: Mensajeria
    enviar: Callable[[str, str, bytes | None, Mapping[str, str]], Respuesta]
    token: Callable[[], str]
    reloj: Any
    envios: list[Envio]

    def vivir(self, falla: Falla | None) -> None:
        """The whole trip; it misbehaves during the first day, and ours does its periodic work."""
        hora = 0
        for turno in TURNOS_H:
            self.esperar(hours=turno - hora)
            hora = turno
            self.servicio.falla = falla if turno <= FALLA_HASTA_H else None
            self.servicio.vuelta(self.enviar, self.token(), self.reloj.ahora())

    def esperar(self, **cuanto: float) -> None:
        self.reloj.adelantar(timedelta(**cuanto))
        revisar_mensajes()


@pytest.fixture
def afuera(reparto: Reparto, nuevo_cliente: Any, token_de_cliente: Any, reloj: Any) -> Afuera:
    cliente = nuevo_cliente()

    def enviar(metodo: str, ruta: str, cuerpo: bytes | None, cabeceras: Mapping[str, str]) -> Respuesta:
        r = cliente.request(metodo, ruta, content=cuerpo, headers=dict(cabeceras))
        assert r.status_code < 500, r.text
        return Respuesta(r.status_code, r.json())

    return Afuera(
        Mensajeria(str(reparto.correos_id)),
        enviar,
        lambda: token_de_cliente(reparto.correos_id, "envios"),
        reloj,
        [reparto.enviar() for _ in range(2)],
    )


def estados(sesion: Session) -> Counter[str]:
    sesion.rollback()
    return Counter(str(m.estado) for m in sesion.exec(select(MensajeDeOperador)))


SIN_MAS = {"registrado": POR_VIAJE}
CON_ERROR = {
    Falla.NUMERO_AJENO: {"registrado": POR_VIAJE, "en_espera": 8},
    Falla.SIN_LEER: {"registrado": POR_VIAJE, "rechazado": 8},
    Falla.ID_REPETIDO: {"registrado": POR_VIAJE, "rechazado": 8},
    Falla.CODIGO_RARO: {"registrado": POR_VIAJE + 8},
}
"""Of two parcels four things are told while it misbehaves."""


@pytest.mark.parametrize("falla", [None, *Falla])
def test_diga_lo_que_diga_y_cuando_sea(sesion: Session, afuera: Afuera, falla: Falla | None) -> None:
    afuera.vivir(falla)
    assert estados(sesion) == (CON_ERROR.get(falla, SIN_MAS) if falla else SIN_MAS)
    for envio in afuera.envios:
        codigos = [e.codigo for e in sorted(eventos_de(sesion, envio.id), key=lambda e: e.ocurrido_en)]
        assert [c for c in codigos if c != RARO] == VIAJE
        assert codigos.count(RARO) == (4 if falla is Falla.CODIGO_RARO else 0)
        assert sesion.get_one(Envio, envio.id).estado == "listo_para_retiro"
    assert afuera.servicio.salida == []
    assert items(sesion) == verificar(sesion) == []


def test_mientras_falla_no_cambia_nada_y_el_tiempo_lo_termina(sesion: Session, afuera: Afuera) -> None:
    """What is of no item of ours is tried more and more seldom, left to people, and ends by itself."""
    afuera.servicio.falla = Falla.FIRMA_MALA
    afuera.servicio.vuelta(afuera.enviar, afuera.token(), afuera.reloj.ahora())
    assert estados(sesion) == {}
    afuera.servicio.falla = None
    ajeno = {"id": "x/1", "paquete": "RR473124829BO", "tipo": "recogido", "cuando_ms": _ms(afuera)}
    afuera.servicio._poner(ajeno, afuera.reloj.ahora())
    afuera.esperar(minutes=2)
    afuera.servicio.vuelta(afuera.enviar, afuera.token(), afuera.reloj.ahora())
    (fila,) = sesion.exec(select(MensajeDeOperador).where(col(MensajeDeOperador.estado) == "en_espera"))
    vistos = []
    while fila.estado == "en_espera":
        assert fila.revisar_en is not None
        vistos.append((fila.revisar_en - afuera.reloj.ahora()) / timedelta(minutes=1))
        afuera.esperar(minutes=vistos[-1])
        sesion.rollback()
    assert [round(v) for v in vistos[:9]] == [5, 10, 20, 40, 80, 160, 320, 360, 360]
    assert (fila.estado, fila.error_codigo) == ("rechazado", "envio_no_encontrado")
    assert fila.revisar_en is not None
    assert round((fila.revisar_en - fila.recibido_en) / timedelta(hours=1)) == 72 + 1440
    afuera.esperar(days=60)
    sesion.rollback()
    assert (fila.estado, fila.revisar_en, fila.evento_id) == ("descartado", None, None)


def _ms(afuera: Afuera) -> int:
    return int(afuera.reloj.ahora().timestamp() * 1000)


def test_lo_que_llega_antes_que_su_envio_espera_por_el(sesion: Session, afuera: Afuera) -> None:
    """The number that the sender gave it is written later by its people; nothing is sent again."""
    envio = afuera.envios[0]
    suyo = {"id": "g/1", "paquete": "GUIA-77-1", "tipo": "recogido", "cuando_ms": _ms(afuera)}
    afuera.servicio._poner(suyo, afuera.reloj.ahora())
    afuera.servicio._contar(afuera.enviar, afuera.token(), afuera.reloj.ahora())
    assert estados(sesion) == {"en_espera": 1}
    token = afuera.token()
    cuerpo = b'{"numero": "GUIA-77-1"}'
    cabeceras = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": "g",
    }
    ruta = f"/api/v1/envios/{envio.id}/identificadores"
    assert afuera.enviar("POST", ruta, cuerpo, cabeceras | {"Idempotency-Key": "guia-77-1-a"}).estado == 201
    afuera.esperar(minutes=6)
    assert estados(sesion) == {"registrado": 1}
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA"]


def test_un_codigo_equivocado_no_se_prueba_solo(
    sesion: Session, afuera: Afuera, reparto: Reparto, sesion_web: Any
) -> None:
    """Each try uses up one of the recipient's; its people see it, without the code, and let it go."""
    envio = afuera.envios[0]
    afuera.esperar(minutes=1)
    dicho = {"paquete": envio.numero, "cuando_ms": _ms(afuera), "ciudad": "SCZ"}
    entrega = dicho | {"id": "e/1", "tipo": "entregado", "pin": "1234566"}
    with transaccion() as otra:
        recibir_mensajes(otra, reparto.actor(reparto.cartero), reparto.correos_id, [entrega])
    afuera.esperar(hours=80)
    assert estados(sesion) == {"rechazado": 1}
    (fila,) = sesion.exec(select(MensajeDeOperador))
    navegador = sesion_web(reparto.cartero)
    pagina = navegador.get(f"/envios/operador/mensajes?unidad={reparto.correos_id}").text
    assert envio.numero in pagina
    assert "1234566" not in pagina
    assert "1234566" in fila.contenido
    sesion.rollback()
    assert sesion_web(reparto.ajeno).post(f"/envios/operador/mensajes/{fila.id}/descartar").status_code == 403
    otra_vez = navegador.post(f"/envios/operador/mensajes/{fila.id}/probar")
    assert (otra_vez.status_code, "Envíe otro mensaje con el código correcto" in otra_vez.text) == (409, True)
    assert estados(sesion) == {"rechazado": 1}
    assert navegador.post(f"/envios/operador/mensajes/{fila.id}/descartar").status_code == 303
    assert estados(sesion) == {"descartado": 1}
    assert sesion.get_one(Envio, envio.id, populate_existing=True).codigo_fallos == 1
    assert "1234566" not in fila.contenido
    vacia = navegador.get(f"/envios/operador/mensajes?unidad={reparto.correos_id}").text
    assert "No hay mensajes por resolver" in vacia
    assert navegador.post(f"/envios/operador/mensajes/{fila.id}/probar").status_code == 409


def test_dos_veces_a_la_vez_es_una(sesion: Session, afuera: Afuera, reparto: Reparto) -> None:
    ms = _ms(afuera)
    lote = [
        {"id": f"d/{n}", "paquete": afuera.envios[n].numero, "tipo": "recogido", "cuando_ms": ms}
        for n in (0, 1)
    ]

    dichos: list[str] = []

    def mandar(otra: Session, suyo: list[dict[str, Any]]) -> None:
        hechos = recibir_mensajes(otra, reparto.actor(reparto.cartero), reparto.correos_id, suyo)
        dichos.extend(j.resultado.value for j in hechos)

    assert cruzar(lambda una: mandar(una, lote), lambda otra: mandar(otra, lote[::-1])) is None
    assert dichos == ["registrado", "registrado", "repetido", "repetido"]
    assert estados(sesion) == {"registrado": 2}
    assert [len(eventos_de(sesion, e.id)) for e in afuera.envios] == [1, 1]


def test_ni_la_aplicacion_borra_ni_resucita_lo_dicho(
    sesion: Session, afuera: Afuera, reparto: Reparto
) -> None:
    afuera.servicio.vuelta(afuera.enviar, afuera.token(), afuera.reloj.ahora())
    assert estados(sesion) == {"registrado": 2}
    for prohibido in (
        "DELETE FROM envios_mensaje",
        "UPDATE envios_mensaje SET huella = repeat('0', 64)",
        "UPDATE envios_mensaje SET estado = 'rechazado', evento_id = NULL, terminado_en = NULL, "
        "revisar_en = nucleo_ahora()",
    ):
        with pytest.raises(DBAPIError), transaccion() as otra:
            otra.connection().execute(text(prohibido))
    assert estados(sesion) == {"registrado": 2}
