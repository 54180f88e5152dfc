"""`qhatu cliente`: a program connected, listed, rotated and disconnected from the command line."""

from typing import Any

from sqlmodel import Session, col, select
from typer.testing import CliRunner

from ciudadania.modelos import ClienteMaquina, Notificacion
from nucleo.modelos import Auditoria
from plataforma.cli import comandos
from plataforma.servidores import ErrorDeArranque


def _correr(*argumentos: str) -> Any:
    return CliRunner().invoke(comandos, ["cliente", *argumentos])


def _leer(salida: str) -> dict[str, str]:
    return dict(linea.split("=", 1) for linea in salida.splitlines() if "=" in linea)


def _pedir(cliente: Any, credenciales: dict[str, str]) -> int:
    datos = {"grant_type": "client_credentials", **credenciales}
    return int(cliente.post("/oauth/token", data=datos).status_code)


def test_la_vida_de_un_programa_por_la_linea_de_comandos(
    crear_unidad: Any, crear_persona: Any, cliente: Any, sesion: Session
) -> None:
    unidad = crear_unidad("Tejidos del Sur", representante=crear_persona("Ana"))
    hecho = _correr("crear", unidad.numero, "Caja", "--alcance", "cobros", "--alcance", "buzon")
    assert hecho.exit_code == 0, hecho.output
    credenciales = _leer(hecho.stdout)
    assert credenciales.keys() == {"client_id", "client_secret"}
    assert _pedir(cliente, credenciales) == 200
    lista = _correr("listar", unidad.numero).stdout
    assert (
        f"{credenciales['client_id']}  Caja  [buzon cobros]  …{credenciales['client_secret'][-4:]}  usado "
        in lista
    )
    assert credenciales["client_secret"] not in lista
    nuevas = _leer(_correr("rotar", unidad.numero, credenciales["client_id"], "--horas", "0").stdout)
    assert (_pedir(cliente, credenciales), _pedir(cliente, nuevas)) == (401, 200)
    fin = _correr("revocar", unidad.numero, credenciales["client_id"], "--motivo", "Se filtró")
    assert fin.stdout == "Desconectado: Caja.\n"
    assert _pedir(cliente, nuevas) == 401
    assert "desconectado" in _correr("listar", unidad.numero).stdout
    consulta = (
        select(Auditoria).where(Auditoria.objeto_tipo == "ciudadania_cliente").order_by(col(Auditoria.numero))
    )
    hechos = sesion.exec(consulta).all()
    assert [(h.accion, h.actor_tipo, h.actor_nombre, h.unidad_id) for h in hechos] == [
        (f"cliente.{accion}", "sistema", "quien opera la plataforma", unidad.id)
        for accion in ("crear", "rotar", "revocar")
    ]
    cuerpos = sesion.exec(select(Notificacion.cuerpo).where(Notificacion.unidad_id == unidad.id)).all()
    assert any(c.startswith("Lo conectó quien opera la plataforma.") for c in cuerpos)


def test_lo_que_no_puede_ser_se_dice_en_una_linea(crear_unidad: Any, sesion: Session) -> None:
    unidad, otra = crear_unidad("Una"), crear_unidad("Otra")
    suyo = _leer(_correr("crear", otra.numero, "Caja", "--alcance", "cobros").stdout)["client_id"]
    for argumentos, dice in (
        (("crear", "UE-0000000-0", "X", "--alcance", "cobros"), "No existe esa unidad económica"),
        (("crear", unidad.numero, "X", "--alcance", "todo"), "Hay alcances que no existen: todo."),
        (("crear", otra.numero, "caja", "--alcance", "cobros"), "Ya está conectado «caja»"),
        (("rotar", unidad.numero, suyo), "No existe ese programa"),
        (("revocar", unidad.numero, suyo, "--motivo", "x"), "No existe ese programa"),
        (("revocar", otra.numero, suyo, "--motivo", " "), "Escriba por qué lo desconecta."),
    ):
        fin = _correr(*argumentos)
        assert isinstance(fin.exception, ErrorDeArranque), fin.output
        assert dice.casefold() in str(fin.exception).casefold()
    fila = sesion.exec(select(ClienteMaquina)).one()
    assert (str(fila.id), fila.revocado_en, fila.huella_anterior) == (suyo, None, None)
