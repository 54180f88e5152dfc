"""Asking for money: pages, API, who may do what, and races that end in one payment or none."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import ErrorDominio
from nucleo.ids import nuevo_id
from pagos import cuenta_de_persona
from pagos.billetera import solicitudes
from pagos.billetera.tareas import vencer
from tests.pagos.conftest import Libro


class Escena:
    def __init__(
        self, libro: Libro, ana: Any, luis: Any, cuenta_ana: int, cuenta_luis: int, actor: Any
    ) -> None:
        self.libro, self.ana, self.luis, self.actor = libro, ana, luis, actor
        self.cuenta_ana, self.cuenta_luis = cuenta_ana, cuenta_luis

    def pedir(self, monto: str = "30", **mas: Any) -> UUID:
        """Ana asks Luis."""
        with transaccion() as sesion:
            datos = {
                "id": nuevo_id(),
                "cuenta_id": self.cuenta_ana,
                "pagador_id": self.luis.id,
                "monto": bs(monto),
                "motivo": "Cena",
            }
            return solicitudes.pedir_dinero(sesion, self.actor(self.ana), **(datos | mas)).id

    def estado(self, id: UUID) -> Any:
        return self.libro.uno("SELECT estado FROM pagos_solicitud WHERE id = %s", id)

    def saldos(self) -> tuple[int, int]:
        return self.libro.saldo(self.cuenta_ana), self.libro.saldo(self.cuenta_luis)

    def avisos(self, quien: Any) -> list[str]:
        consulta = "SELECT asunto FROM ciudadania_notificacion WHERE persona_id = %s ORDER BY id"
        return [f[0] for f in self.libro.conexion.execute(consulta, [quien.id])]


@pytest.fixture
def escena(libro: Libro, crear_persona: Any, con_saldo: Any, actor_de: Any) -> Escena:
    ana, luis = crear_persona("Ana"), crear_persona("Luis", ci="7654321", celular="70000002")
    with transaccion() as sesion:
        cuenta_ana = cuenta_de_persona(sesion, ana.id)
    return Escena(libro, ana, luis, cuenta_ana, con_saldo(luis, "100.00"), actor_de)


def oculto(html: str, nombre: str) -> str:
    hallado = re.search(rf'<input type="hidden" name="{nombre}" value="([^"]*)"', html)
    assert hallado is not None
    return hallado[1]


def test_pedir_y_pagar_por_las_paginas(escena: Escena, sesion_web: Any) -> None:
    ana, luis = sesion_web(escena.ana), sesion_web(escena.luis)
    assert "Aún no pidió dinero" in ana.get("/billetera/solicitudes?rol=enviadas").text
    datos = {
        "pagador": "70000002",
        "nombre": "Luis Prueba",
        "monto": "12,50",
        "motivo": "Cena",
        "dias": "7",
        "cuenta": escena.cuenta_ana,
    }

    confirmar = ana.post("/billetera/pedir", data=datos).headers["location"]
    pagina = ana.get(confirmar).text
    assert "Luis Prueba" in pagina
    assert "7654321" not in pagina
    campos = {n: oculto(pagina, n) for n in ("_id", "a", "nombre", "monto", "cuenta", "motivo", "dias")}
    for _ in range(2):
        hecha = ana.post("/billetera/pedir/confirmar", data=campos)
        assert (hecha.status_code, hecha.headers["location"]) == (
            303,
            f"/billetera/solicitudes/{campos['_id']}",
        )
    assert escena.avisos(escena.luis) == ["Ana Prueba le pide Bs\xa012,50"]
    assert "Cancelar la solicitud" in ana.get(f"/billetera/solicitudes/{campos['_id']}").text

    assert "Cena" in luis.get("/billetera/solicitudes").text
    assert "Pagar Bs\xa012,50" in luis.get(f"/billetera/solicitudes/{campos['_id']}").text
    comprobantes = {
        luis.post(f"/billetera/solicitudes/{campos['_id']}/pagar").headers["location"] for _ in range(2)
    }
    assert comprobantes == {f"/comprobantes/{solicitudes.id_de_pago(UUID(campos['_id']))}"}
    assert escena.saldos() == (1_250, 8_750)
    assert escena.avisos(escena.ana) == ["Le pagaron Bs\xa012,50"]
    assert "Pagada" in luis.get(f"/billetera/solicitudes/{campos['_id']}").text
    assert luis.get(comprobantes.pop()).status_code == 200


@pytest.mark.parametrize(
    ("campo", "valor", "dice"),
    [
        ("pagador", "", "Escriba el alias, el carnet"),
        ("pagador", "9999999", "Nadie tiene ese alias, carnet"),
        ("monto", "0", "Pida entre"),
        ("monto", "100000,01", "Pida entre"),
        ("motivo", " ", "Escriba para qué es"),
        ("dias", "0", "Elija un plazo"),
        ("cuenta", "999", "Elija una de sus cuentas"),
    ],
)
def test_lo_mal_escrito_se_explica_y_no_pide_nada(
    escena: Escena, sesion_web: Any, campo: str, valor: str, dice: str
) -> None:
    datos = {"pagador": "7654321", "monto": "10", "motivo": "x", "dias": "7", "cuenta": escena.cuenta_ana}
    datos |= {"nombre": "Luis Prueba"}
    respuesta = sesion_web(escena.ana).post("/billetera/pedir", data=datos | {campo: valor})
    assert respuesta.status_code == 422
    assert dice in respuesta.text
    assert escena.libro.uno("SELECT count(*) FROM pagos_solicitud") == 0


def test_por_la_api(escena: Escena, cliente: Any, token_de: Any, crear_persona: Any) -> None:
    def de(quien: Any) -> dict[str, str]:
        return {"Authorization": f"Bearer {token_de(quien)}"}

    ruta = "/api/v1/solicitudes-de-pago"
    cuerpo = {"id": str(nuevo_id()), "pagador": "7654321", "monto": {"monto": "20.00"}, "motivo": "Pasajes"}
    hechas = [cliente.post(ruta, json=cuerpo, headers=de(escena.ana)) for _ in range(2)]
    assert [h.status_code for h in hechas] == [201, 201]
    assert hechas[0].json() == hechas[1].json()
    assert hechas[0].json()["estado"] == "pendiente"
    for cambio in ({"motivo": "Otro"}, {"dias": 30}):
        otra = cliente.post(ruta, json=cuerpo | cambio, headers=de(escena.ana))
        assert (otra.status_code, otra.json()["codigo"]) == (422, "solicitud_con_otros_datos")

    una = f"{ruta}/{cuerpo['id']}"
    eva = crear_persona("Eva")
    assert [cliente.get(una, headers=de(p)).status_code for p in (escena.ana, escena.luis, eva)] == [
        200,
        200,
        403,
    ]
    assert cliente.get(una).status_code == 401
    assert cliente.get(f"{ruta}/{nuevo_id()}", headers=de(eva)).status_code == 404
    for quien, accion in (
        (escena.ana, "pagar"),
        (eva, "pagar"),
        (escena.ana, "rechazar"),
        (escena.luis, "cancelar"),
    ):
        assert cliente.post(f"{una}/{accion}", headers=de(quien)).status_code == 403
        assert cliente.post(f"{una}/{accion}").status_code == 401
    assert escena.estado(UUID(cuerpo["id"])) == "pendiente"
    listas = [
        len(cliente.get(f"{ruta}?rol={rol}", headers=de(escena.luis)).json()["datos"])
        for rol in ("todas", "recibidas", "enviadas")
    ]
    assert listas == [1, 1, 0]
    rechazada = cliente.post(f"{una}/rechazar", headers=de(escena.luis))
    assert rechazada.json()["estado"] == "rechazada"
    tarde = cliente.post(f"{una}/pagar", headers=de(escena.luis))
    assert (tarde.status_code, tarde.json()["codigo"]) == (409, "solicitud_terminada")
    assert escena.saldos() == (0, 10_000)


def test_sin_saldo_no_cambia_nada(escena: Escena, sesion_web: Any) -> None:
    id = escena.pedir("100.01")
    antes = escena.libro.foto()
    respuesta = sesion_web(escena.luis).post(f"/billetera/solicitudes/{id}/pagar")
    assert respuesta.status_code == 409
    assert "no alcanza" in respuesta.text
    assert escena.libro.foto() == antes
    assert escena.estado(id) == "pendiente"
    assert escena.avisos(escena.ana) == []


def test_lo_vencido_no_se_paga_y_se_barre(escena: Escena, reloj: Any, actor_de: Any) -> None:
    id = escena.pedir(dias=1)
    reloj.adelantar(timedelta(days=1, seconds=1))
    with pytest.raises(solicitudes.SolicitudTerminada, match="Venció"), transaccion() as sesion:
        solicitudes.pagar_solicitud(sesion, actor_de(escena.luis), id)
    assert escena.estado(id) == "pendiente"
    assert (vencer(), vencer()) == (1, 0)
    assert escena.estado(id) == "vencida"
    assert escena.saldos() == (0, 10_000)


def test_no_se_acosa_a_nadie(escena: Escena) -> None:
    for _ in range(solicitudes.PENDIENTES_POR_PAR):
        escena.pedir("1")
    with pytest.raises(ErrorDominio, match="5 solicitudes pendientes"):
        escena.pedir("1")
    with pytest.raises(ErrorDominio, match="No puede pedirse"):
        escena.pedir("1", pagador_id=escena.ana.id)
    assert escena.libro.uno("SELECT count(*) FROM pagos_solicitud") == 5


def test_la_base_defiende_la_solicitud(escena: Escena) -> None:
    id = escena.pedir()
    for orden in (
        "UPDATE pagos_solicitud SET monto = 1",
        "UPDATE pagos_solicitud SET pagador_id = solicitante_id",
        "UPDATE pagos_solicitud SET estado = 'rechazada'",
        "UPDATE pagos_solicitud SET estado = 'vencida', resuelta_en = nucleo_ahora()",
        "UPDATE pagos_solicitud SET estado = 'pagada', resuelta_en = nucleo_ahora(), transferencia_id = id",
        "DELETE FROM pagos_solicitud",
    ):
        with pytest.raises(psycopg.Error, match=r"solicitud|ck_pagos_solicitud|no admite"):
            escena.libro.duenio.execute(orden)
    assert escena.estado(id) == "pendiente"


def correr(*actos: Callable[[], Any]) -> list[str]:
    """All at once, each in its own transaction; «ok» or the code of the refusal."""
    barrera, dichos = threading.Barrier(len(actos)), [""] * len(actos)

    def uno(i: int) -> None:
        barrera.wait()
        try:
            actos[i]()
            dichos[i] = "ok"
        except ErrorDominio as error:
            dichos[i] = error.codigo

    hilos = [threading.Thread(target=uno, args=(i,)) for i in range(len(actos))]
    for h in hilos:
        h.start()
    for h in hilos:
        h.join()
    return dichos


def acto(escena: Escena, funcion: Any, quien: Any, id: UUID) -> Callable[[], None]:
    def hacer() -> None:
        with transaccion() as sesion:
            funcion(sesion, escena.actor(quien), id)

    return hacer


def test_pagar_desde_ocho_pestanas_paga_una_vez(escena: Escena) -> None:
    id = escena.pedir()
    assert correr(*[acto(escena, solicitudes.pagar_solicitud, escena.luis, id)] * 8) == ["ok"] * 8
    assert escena.saldos() == (3_000, 7_000)
    assert escena.avisos(escena.ana) == ["Le pagaron Bs\xa030,00"]


@pytest.mark.parametrize("vuelta", range(6))
def test_pagar_contra_cancelar(escena: Escena, vuelta: int) -> None:
    id = escena.pedir()
    paga = acto(escena, solicitudes.pagar_solicitud, escena.luis, id)
    cancela = acto(escena, solicitudes.cancelar_solicitud, escena.ana, id)

    dichos = correr(paga, cancela) if vuelta % 2 else correr(cancela, paga)[::-1]

    final = escena.estado(id)
    assert (dichos, final, escena.saldos()) in [
        (["ok", "solicitud_terminada"], "pagada", (3_000, 7_000)),
        (["solicitud_terminada", "ok"], "cancelada", (0, 10_000)),
    ]


def test_la_cancelacion_que_espera_al_pago_lo_ve(escena: Escena) -> None:
    """The rival is injected while the payment holds the request: it must wait, and then find it paid."""
    id = escena.pedir()
    dichos: list[str] = []
    with transaccion() as sesion:
        solicitudes.pagar_solicitud(sesion, escena.actor(escena.luis), id)
        rival = threading.Thread(
            target=lambda: dichos.extend(correr(acto(escena, solicitudes.cancelar_solicitud, escena.ana, id)))
        )
        rival.start()
        rival.join(0.3)
        assert rival.is_alive()
    rival.join()
    assert dichos == ["solicitud_terminada"]
    assert (escena.estado(id), escena.saldos()) == ("pagada", (3_000, 7_000))


def test_pagar_lo_mismo_que_hace_un_momento_se_avisa_antes(escena: Escena, sesion_web: Any) -> None:
    primera, segunda, otra = escena.pedir("12.50"), escena.pedir("12.50"), escena.pedir("13.00")
    luis = sesion_web(escena.luis)
    aviso = "Ya hizo un pago igual a este"
    assert aviso not in luis.get(f"/billetera/solicitudes/{segunda}").text
    assert luis.post(f"/billetera/solicitudes/{primera}/pagar").status_code == 303

    pagina = luis.get(f"/billetera/solicitudes/{segunda}").text
    assert aviso in pagina
    assert aviso not in luis.get(f"/billetera/solicitudes/{otra}").text
    sin_ver = luis.post(f"/billetera/solicitudes/{segunda}/pagar")  # a tab that was open before
    assert (sin_ver.status_code, aviso in sin_ver.text) == (409, True)
    assert escena.estado(segunda) == "pendiente"
    visto = {"visto": oculto(pagina, "visto")}
    for _ in range(2):
        assert luis.post(f"/billetera/solicitudes/{segunda}/pagar", data=visto).status_code == 303
    assert escena.saldos() == (2_500, 7_500)


def test_sin_saldo_no_se_ofrece_pagar(escena: Escena, sesion_web: Any) -> None:
    cara = escena.pedir("100.01")
    pagina = sesion_web(escena.luis).get(f"/billetera/solicitudes/{cara}").text
    assert "hacen falta Bs\xa0100,01" in pagina
    assert "Pagar Bs" not in pagina
    assert "Rechazar" in pagina
