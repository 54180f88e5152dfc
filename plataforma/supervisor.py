"""`qhatu run`: the whole platform under one process that starts, watches and stops it.

Order of a start: servers, schema, demonstration data, web and identity provider, then workers. It stops in
the opposite order. Children live in process groups of their own, so that Ctrl-C reaches only us, and the
kernel ends them if we are killed.
"""

import errno
import http.client
import json
import os
import select
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

from plataforma import entorno, migraciones
from plataforma.errores_de_ajustes import leer_ajustes
from plataforma.hijos import Hijo, rotar, ultima_linea
from plataforma.plazos import fijar_plazos
from plataforma.servidores import DUENIO, ErrorDeArranque, Postgres, Valkey, carpeta_de_sockets

ESPERA_WEB_S = 90.0
LATIDO_S = 1.0


class Detenido(BaseException):
    """Ctrl-C or SIGTERM while starting."""


class Supervisor:
    def __init__(self, datos: Path, puerto: int | None, sin_demo: bool, procesos: int = 1) -> None:
        self.datos = datos
        self.puerto_pedido = puerto
        self.sin_demo = sin_demo
        self.procesos = procesos
        self.hijos: list[Hijo] = []
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.enchufes: dict[str, socket.socket] = {}
        self.candado: IO[str] | None = None
        self.variables: dict[str, str] = {}
        self.url_dueno: str | None = None
        self.arrancando = True
        self.senales = 0
        self.reinicios: dict[str, float] = {}

    # -- life -------------------------------------------------------------------------------------------

    def correr(self) -> int:
        """Run until a signal; the exit code of the command."""
        inicio = time.monotonic()
        despertador = self._atender_senales()
        try:
            self._arrancar(inicio)
            self.arrancando = False
            self._vigilar(despertador)
        except Detenido:
            pass
        finally:
            self.arrancando = False
            self._detener()
        return 0

    def _arrancar(self, inicio: float) -> None:
        entorno.preparar_carpeta(self.datos)
        self.candado = entorno.cerrar_con_llave(self.datos)
        self._configurar()
        self._abrir_puertos()
        with paso("Base de datos y Valkey"):
            self._arrancar_servidores()
        self._migrar()
        self._escribir_estado()
        if not self.sin_demo and self.ajustes.es_demostracion:
            self._sembrar()
        with paso("Servicio web"):
            self._arrancar_web()
        self._arrancar_trabajadores()
        self._anunciar(inicio)

    def _atender_senales(self) -> int:
        lector, escritor = os.pipe()
        for extremo in (lector, escritor):
            os.set_blocking(extremo, False)
        signal.set_wakeup_fd(escritor, warn_on_full_buffer=False)
        for senal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(senal, self._al_llegar_senal)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        return lector

    def _al_llegar_senal(self, _senal: int, _marco: FrameType | None) -> None:
        self.senales += 1
        if self.arrancando:
            self.arrancando = False
            raise Detenido
        if self.senales > 1:  # asked twice: do not wait for requests and tasks in progress
            for hijo in self.hijos:
                hijo.matar()

    def _vigilar(self, despertador: int) -> None:
        while not self.senales:
            select.select([despertador], [], [], LATIDO_S)
            with suppress(BlockingIOError):
                while os.read(despertador, 512):
                    pass
            ahora = time.monotonic()
            for hijo in self.hijos:
                for error in hijo.errores()[:5]:
                    decir(f"! {hijo.nombre}: {error} (vea {hijo.registro})")
                if (codigo := hijo.codigo) is not None:
                    demora = hijo.programar_reinicio()
                    decir(
                        f"! {hijo.nombre} terminó ({_motivo(codigo)}); se reinicia en {demora:.1f} s "
                        f"(vea {hijo.registro})"
                    )
                elif hijo.reinicio_en is not None and ahora >= hijo.reinicio_en:
                    hijo.arrancar()
            self._vigilar_servidores(ahora)

    def _vigilar_servidores(self, ahora: float) -> None:
        for nombre, servidor in (("PostgreSQL", self.postgres), ("Valkey", self.valkey)):
            if servidor is None or servidor.proceso is None or servidor.proceso.poll() is None:
                continue
            if ahora < self.reinicios.get(nombre, 0):
                continue
            decir(
                f"! {nombre} terminó ({_motivo(servidor.proceso.returncode)}); se reinicia "
                f"(vea {servidor.registro})"
            )
            self.reinicios[nombre] = ahora + 2
            servidor.arrancar()

    def _detener(self) -> None:
        """End every child, workers and web first; the database last. Says so unless a start failed."""
        inicio = time.monotonic()
        if self.senales:
            decir("\nDeteniendo… ", fin="")
        for hijo in self.hijos:
            hijo.avisar()
        for hijo in self.hijos:
            hijo.detener()
        if self.valkey:
            self.valkey.detener()
        if self.postgres:
            self.postgres.detener()
        if self.candado:
            (self.datos / "estado.json").unlink(missing_ok=True)
        for enchufe in self.enchufes.values():
            enchufe.close()
        if self.senales:
            decir(f"listo ({segundos(inicio)}). Los datos quedan en {self.datos}")

    # -- steps of a start -------------------------------------------------------------------------------

    def _configurar(self) -> None:
        """Settle every variable the children get; a value set by hand wins over ours."""
        # Without compiled files each child would compile the whole platform at each start.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["QHATU_DATOS"] = str(self.datos)
        # Every child gets our environment, and only the one that migrates may know this.
        self.url_dueno = os.environ.pop(entorno.VARIABLE_DEL_DUENO, None)
        if self.puerto_pedido is not None:
            os.environ["QHATU_PUERTO"] = str(self.puerto_pedido)
        previos = leer_ajustes()
        self.puerto = previos.puerto
        self.con_proveedor = previos.es_demostracion and "QHATU_OIDC_EMISOR" not in os.environ
        propias = {"QHATU_URL_PUBLICA": f"http://127.0.0.1:{self.puerto}"}
        if previos.es_demostracion:
            propias |= entorno.secretos(self.datos)
        if self.con_proveedor:
            propias["QHATU_OIDC_EMISOR"] = f"http://127.0.0.1:{self.puerto + 1}"
        for nombre, valor in propias.items():
            os.environ.setdefault(nombre, valor)
        _olvidar_ajustes()
        self.ajustes = leer_ajustes()

    def _abrir_puertos(self) -> None:
        self.enchufes["web"] = escuchar(self.puerto, "otro con --puerto")
        if self.con_proveedor:
            self.enchufes["proveedor"] = escuchar(
                self.puerto + 1, "otro --puerto (el proveedor de identidad usa el siguiente)"
            )

    def _arrancar_servidores(self) -> None:
        registros = self.datos / "registros"
        postgres = valkey = None
        for nombre in ("postgres", "valkey"):
            rotar(registros / f"{nombre}.log")
        if self.ajustes.base_datos_url is None:
            postgres = Postgres(self.datos, registro=registros / "postgres.log")
        if self.ajustes.redis_url is None:
            sockets = postgres.sockets if postgres else carpeta_de_sockets(self.datos)
            self.valkey = valkey = Valkey(sockets, registro=registros / "valkey.log")
            valkey.arrancar()
            os.environ["QHATU_REDIS_URL"] = valkey.url()
        if postgres:
            self.postgres = postgres
            postgres.preparar()
            postgres.arrancar()
            postgres.esperar()
            postgres.asegurar_base()
            os.environ["QHATU_BASE_DATOS_URL"] = postgres.url()
            self.url_dueno = postgres.url(usuario=DUENIO)
        else:
            comprobar_base_de_datos(str(self.ajustes.base_datos_url))
        if valkey:
            valkey.esperar()
        else:
            comprobar_redis(str(self.ajustes.redis_url))
        _olvidar_ajustes()
        self.ajustes = leer_ajustes()
        self.variables = {n: v for n, v in os.environ.items() if n.startswith("QHATU_")}

    def _migrar(self) -> None:
        url = self.url_dueno or self.ajustes.base_datos_url
        assert url is not None
        fijar_plazos(str(self.ajustes.base_datos_url))
        if not migraciones.al_dia(url, reloj_movible=self.ajustes.es_demostracion):
            dueno = {entorno.VARIABLE_DEL_DUENO: self.url_dueno} if self.url_dueno else {}
            with paso("Migraciones"):
                self._orden("migrate", "migraciones", dueno)

    def _sembrar(self) -> None:
        marca = self.datos / "demostracion.json"
        if not marca.exists():
            with paso("Datos de demostración"):
                self._orden("demo", "demostracion")

    def _orden(self, orden: str, registro: str, variables: dict[str, str] | None = None) -> None:
        """Run another `qhatu` command to its end as a child, with these variables more."""
        ruta = self.datos / "registros" / f"{registro}.log"
        rotar(ruta)
        hijo = Hijo(registro, ["plataforma.cli", orden], ruta, {**os.environ, **(variables or {})})
        self.hijos.append(hijo)
        hijo.arrancar()
        assert hijo.proceso is not None
        codigo = hijo.proceso.wait()
        self.hijos.remove(hijo)
        if codigo != 0:
            raise ErrorDeArranque(f"«qhatu {orden}» falló: {ultima_linea(ruta)} (vea {ruta}).")

    def _hijo(self, nombre: str, modulo: list[str], enchufe: str | None = None) -> Hijo:
        registro = self.datos / "registros" / f"{nombre}.log"
        rotar(registro)
        descriptores = []
        if enchufe is not None:
            descriptores = [self.enchufes[enchufe].fileno()]
            modulo = [*modulo, str(descriptores[0])]
        hijo = Hijo(nombre, modulo, registro, dict(os.environ), descriptores)
        hijo.arrancar()
        self.hijos.append(hijo)
        return hijo

    def _arrancar_web(self) -> None:
        servir = "plataforma.servir"
        webs = [
            self._hijo("web" if n == 0 else f"web-{n + 1}", [servir, "plataforma.web:app"], "web")
            for n in range(self.procesos)
        ]
        if self.con_proveedor:
            webs.append(self._hijo("proveedor", [servir, "demostracion.identidad:app"], "proveedor"))
        limite = time.monotonic() + ESPERA_WEB_S
        while time.monotonic() < limite:
            for hijo in webs:
                if hijo.codigo is not None:
                    raise ErrorDeArranque(
                        f"El servicio {hijo.nombre} no arrancó: {ultima_linea(hijo.registro)} "
                        f"(vea {hijo.registro})."
                    )
            if listo(self.puerto):
                return
            time.sleep(0.05)
        raise ErrorDeArranque(
            f"El servicio web no está listo después de {ESPERA_WEB_S:.0f} s (vea {webs[0].registro})."
        )

    def _arrancar_trabajadores(self) -> None:
        (self.datos / "agenda").mkdir(exist_ok=True)
        celery = ["celery", "-A", "plataforma.celery_app"]
        trabajador = ["worker", "--loglevel=WARNING", "--without-mingle", "--without-gossip"]
        agenda = [
            "beat",
            "--loglevel=WARNING",
            "--pidfile=",
            "--schedule",
            str(self.datos / "agenda" / "programa"),
        ]
        self._hijo("trabajador", [*celery, *trabajador])
        self._hijo("agenda", [*celery, *agenda])

    def _escribir_estado(self) -> None:
        entorno.escribir_privado(
            self.datos / "estado.json",
            {
                "pid": os.getpid(),
                "url": self.ajustes.url_publica,
                "entorno": self.variables,
                "dueno": self.url_dueno,
            },
        )

    def _anunciar(self, inicio: float) -> None:
        decir(f"\nQhatu está en marcha: {self.ajustes.url_publica}  (lista en {segundos(inicio)})")
        with suppress(OSError, ValueError):
            personas = json.loads((self.datos / "demostracion.json").read_text("utf-8"))["personas"]
            decir("Ingrese como una persona de demostración:")
            ancho = max(len(p["clave"]) for p in personas)
            for persona in personas:
                decir(f"  {persona['clave']:<{ancho}}  {persona['nombre']} · {persona['papel']}")
        decir("Ctrl-C la detiene; los datos quedan.")


# -- helpers ----------------------------------------------------------------------------------------------


def decir(texto: str, fin: str = "\n") -> None:
    with suppress(OSError):  # the terminal may be gone
        print(texto, end=fin, flush=True)


@contextmanager
def paso(nombre: str) -> Iterator[None]:
    """One progress line with its time."""
    inicio = time.monotonic()
    decir(f"· {nombre} ", fin="")
    try:
        yield
    except BaseException:
        decir("")
        raise
    decir(f"{'.' * max(30 - len(nombre), 3)} {segundos(inicio)}")


def segundos(inicio: float) -> str:
    """Time since `inicio` (monotonic), as people here write it."""
    return f"{time.monotonic() - inicio:.1f} s".replace(".", ",")


def escuchar(puerto: int, remedio: str) -> socket.socket:
    """A listening socket on loopback, or the line that says why not."""
    enchufe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        enchufe.bind(("127.0.0.1", puerto))
        enchufe.listen(2048)
    except (OSError, OverflowError) as error:
        enchufe.close()
        codigo = getattr(error, "errno", None)
        if codigo == errno.EADDRINUSE:
            motivo = "está ocupado: cierre el programa que lo usa, o elija"
        elif codigo == errno.EACCES:
            motivo = "exige permisos de administrador: elija"
        else:
            motivo = "no sirve: elija"
        raise ErrorDeArranque(f"El puerto {puerto} {motivo} {remedio}.") from None
    return enchufe


def listo(puerto: int) -> bool:
    """Whether `/salud/listo` answers 200."""
    conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=5)
    try:
        conexion.request("GET", "/salud/listo")
        return conexion.getresponse().status == 200
    except OSError:
        return False
    finally:
        conexion.close()


def comprobar_base_de_datos(url: str) -> None:
    import psycopg

    try:
        with psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=5) as conexion:
            version = conexion.info.server_version
    except psycopg.Error as error:
        motivo = " ".join(str(error).split())[:200].rstrip(".")
        raise ErrorDeArranque(
            f"No se puede usar la base de datos de QHATU_BASE_DATOS_URL: {motivo}."
        ) from None
    if version < 150000:
        raise ErrorDeArranque(
            f"La base de datos de QHATU_BASE_DATOS_URL es PostgreSQL {version // 10000}: "
            "hace falta 15 o posterior."
        )


def comprobar_redis(url: str) -> None:
    import redis

    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as cliente:
            cliente.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        raise ErrorDeArranque(f"No se puede usar el servidor de QHATU_REDIS_URL: {error}.") from None


def _olvidar_ajustes() -> None:
    from nucleo.configuracion import ajustes

    ajustes.cache_clear()


def _motivo(codigo: int) -> str:
    if codigo < 0:
        with suppress(ValueError):
            return f"señal {signal.Signals(-codigo).name}"
    return f"código {codigo}"
