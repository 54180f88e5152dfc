"""Embedded PostgreSQL and Valkey: real servers as child processes, reachable by private Unix sockets only."""

from nucleo.servidores.postgres import Postgres
from nucleo.servidores.procesos import ErrorDeArranque, detener, lanzar
from nucleo.servidores.valkey import Valkey, carpeta_de_sockets

__all__ = ["ErrorDeArranque", "Postgres", "Valkey", "carpeta_de_sockets", "detener", "lanzar"]
