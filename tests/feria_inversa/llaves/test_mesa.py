"""The desk of who holds keys, and their program: what is asked of them, opened by themselves."""

import base64
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from feria_inversa.apertura.mesa import mesa_de
from feria_inversa.llaves import hpke, secreto
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cerrar_recepciones
from nucleo.bd import transaccion
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.llaves.ayudas import Guarda, entregar, nombrados, resguardo


def pide(guarda: Guarda) -> tuple[list[str], list[str]]:
    """What each of their groups asks of a holder, and the processes that wait for their part."""
    with transaccion() as sesion:
        mesa = mesa_de(sesion, guarda.actor)
        return [g.falta for g in mesa.grupos], [c.titulo for c in mesa.por_dar]


def test_la_mesa_dice_lo_que_falta_y_nada_mas(feria: Feria, sesion_web: Any, reloj: Any) -> None:
    assert pide(nombrados(feria, 2, 2)[1][0]) == (["Traiga su clave, o diga que no acepta."], [])
    guardas = resguardo(feria)
    assert pide(guardas[0]) == ([""], [])
    uno, otro, cancelado = (feria.publicada(titulo=f"Proceso {n}").id for n in (1, 2, 3))
    assert pide(guardas[0]) == ([""], [])
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert pide(guardas[0]) == ([""], ["Proceso 1", "Proceso 2", "Proceso 3"])  # no sweep has run yet
    assert cerrar_recepciones() == 3
    entregar(guardas[0], uno)
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, cancelado, "Ya no hace falta nada de esto.")
    assert pide(guardas[0]) == ([""], ["Proceso 2"])
    html = sesion_web(guardas[1].persona).get("/llaves-que-guardo").text
    assert f'href="/feria/{otro}/llave"' in html
    assert f'href="/feria/{cancelado}/llave"' not in html
    panel = sesion_web(guardas[1].persona).get("/panel").text
    assert "Llaves que guardo" in panel
    assert "Llaves que guardo" not in sesion_web(feria.ana.persona).get("/panel").text


class Programa:
    """A holder's program: it keeps their secret, and sends only what it opened with it."""

    def __init__(self, cliente: Any, guarda: Guarda, token: str) -> None:
        self.cliente, self.guarda = cliente, guarda
        self.cabeceras = {"Authorization": f"Bearer {token}"}

    def pedir(self, metodo: str, ruta: str, **cuerpo: Any) -> Any:
        respuesta = self.cliente.request(metodo, f"/api/v1{ruta}", headers=self.cabeceras, **cuerpo)
        assert respuesta.status_code in {200, 201}, respuesta.text
        return respuesta.json()

    def palabras(self, ruta: str) -> dict[str, str]:
        parte = self.pedir("GET", f"{ruta}/parte")
        privada = secreto.privada_del(secreto.leer(self.guarda.clave) or "")
        return {"palabras": hpke.abrir(privada, parte["info"], base64.b64decode(parte["cifrada"])).decode()}


def test_por_la_api_se_trae_se_ensaya_y_se_entrega(
    feria: Feria, cliente: Any, token_de: Any, reloj: Any, sesion: Session
) -> None:
    id_, guardas = nombrados(feria, 2, 2)
    programas = [Programa(cliente, g, token_de(g.persona)) for g in guardas]
    uno = f"/resguardos/{id_}"
    for programa in programas:
        programa.pedir("PUT", f"{uno}/clave", json={"publica": programa.guarda.publica.hex()})
    for programa in programas:
        visto = programa.pedir("POST", f"{uno}/ensayo", json=programa.palabras(uno))
    assert visto["estado"] == "vigente"
    assert [d["nombre"] for d in visto["depositarios"]] == ["Depositario 0 Prueba", "Depositario 1 Prueba"]
    assert [g["id"] for g in programas[0].pedir("GET", "/resguardos")] == [str(id_)]
    proceso: UUID = feria.publicada().id
    feria.ofertar(feria.ana, proceso, ["400.00", "700.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    programas = [Programa(cliente, g, token_de(g.persona)) for g in guardas]
    de_el = f"/convocatorias/{proceso}"
    for programa in programas:
        entregada = programa.pedir("POST", f"{de_el}/parte", json=programa.palabras(de_el))
        assert entregada["entregada"] is True
    assert sesion.get_one(Convocatoria, proceso).estado == "evaluacion"
